/** What PostgreSQL's server logs tell of statements, from a file or while it grows. */
@NullMarked
package dev.spanwise.analyzer.postgresql.log;

import org.jspecify.annotations.NullMarked;
