/** Input of any kind against the readers of plans and logs. */
@NullMarked
package dev.spanwise.analyzer.postgresql.fuzz;

import org.jspecify.annotations.NullMarked;
