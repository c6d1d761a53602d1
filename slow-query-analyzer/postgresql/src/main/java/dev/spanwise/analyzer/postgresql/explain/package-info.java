/** Asks a server for the plan of a statement, without running it unless that is asked for. */
@NullMarked
package dev.spanwise.analyzer.postgresql.explain;

import org.jspecify.annotations.NullMarked;
