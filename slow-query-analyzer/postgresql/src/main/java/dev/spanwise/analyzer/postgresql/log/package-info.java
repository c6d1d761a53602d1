/** Plans out of PostgreSQL's server logs, from a file or while it grows. */
@NullMarked
package dev.spanwise.analyzer.postgresql.log;

import org.jspecify.annotations.NullMarked;
