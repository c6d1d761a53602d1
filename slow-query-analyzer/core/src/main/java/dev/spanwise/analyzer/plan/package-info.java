/** PostgreSQL execution plans as values, and the readers of EXPLAIN output. */
@NullMarked
package dev.spanwise.analyzer.plan;

import org.jspecify.annotations.NullMarked;
