/** How fast traces are read, and in how much memory. */
@NullMarked
package dev.spanwise.analyzer.benchmarks;

import org.jspecify.annotations.NullMarked;
