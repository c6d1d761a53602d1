/** JMH benchmarks of the instrumentation, beside its peers. */
@NullMarked
package dev.spanwise.benchmarks;

import org.jspecify.annotations.NullMarked;
