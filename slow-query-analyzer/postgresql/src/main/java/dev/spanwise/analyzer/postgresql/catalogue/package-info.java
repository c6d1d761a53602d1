/** Reads a database's tables, columns and indexes with their statistics. */
@NullMarked
package dev.spanwise.analyzer.postgresql.catalogue;

import org.jspecify.annotations.NullMarked;
