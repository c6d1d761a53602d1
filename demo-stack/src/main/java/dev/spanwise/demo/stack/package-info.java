/** All services of the trading application beside its read API, run together. */
@NullMarked
package dev.spanwise.demo.stack;

import org.jspecify.annotations.NullMarked;
