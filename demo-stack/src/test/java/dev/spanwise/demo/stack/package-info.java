@NullMarked
package dev.spanwise.demo.stack;

import org.jspecify.annotations.NullMarked;
