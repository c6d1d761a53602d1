/** Tests of the benchmark of links. */
@NullMarked
package dev.spanwise.analyzer.benchmarks.links;

import org.jspecify.annotations.NullMarked;
