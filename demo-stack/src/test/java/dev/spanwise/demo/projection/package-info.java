@NullMarked
package dev.spanwise.demo.projection;

import org.jspecify.annotations.NullMarked;
