/** Tests of the whole. */
@NullMarked
package dev.spanwise.demo.stack;

import org.jspecify.annotations.NullMarked;
