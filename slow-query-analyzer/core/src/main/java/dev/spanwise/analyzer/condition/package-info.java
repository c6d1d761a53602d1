/** Reads the conditions that PostgreSQL prints in a plan. */
@NullMarked
package dev.spanwise.analyzer.condition;

import org.jspecify.annotations.NullMarked;
