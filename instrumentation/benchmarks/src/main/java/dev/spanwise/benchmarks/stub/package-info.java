/** What stands in for servers, and costs next to nothing. */
@NullMarked
package dev.spanwise.benchmarks.stub;

import org.jspecify.annotations.NullMarked;
