/** Statements with their calls and times, gathered from traces in bounded memory. */
@NullMarked
package dev.spanwise.analyzer.workload;

import org.jspecify.annotations.NullMarked;
