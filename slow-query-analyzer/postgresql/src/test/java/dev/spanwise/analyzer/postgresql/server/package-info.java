/** Real PostgreSQL servers for the tests. */
@NullMarked
package dev.spanwise.analyzer.postgresql.server;

import org.jspecify.annotations.NullMarked;
