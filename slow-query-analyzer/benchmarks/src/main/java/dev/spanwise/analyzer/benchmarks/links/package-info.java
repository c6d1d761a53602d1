/** How many spans find their executed plans, and how many a wrong one, on a recorded busy hour. */
@NullMarked
package dev.spanwise.analyzer.benchmarks.links;

import org.jspecify.annotations.NullMarked;
