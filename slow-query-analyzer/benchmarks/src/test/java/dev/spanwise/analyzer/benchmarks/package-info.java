@NullMarked
package dev.spanwise.analyzer.benchmarks;

import org.jspecify.annotations.NullMarked;
