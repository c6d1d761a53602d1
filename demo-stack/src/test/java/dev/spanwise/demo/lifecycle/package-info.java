@NullMarked
package dev.spanwise.demo.lifecycle;

import org.jspecify.annotations.NullMarked;
