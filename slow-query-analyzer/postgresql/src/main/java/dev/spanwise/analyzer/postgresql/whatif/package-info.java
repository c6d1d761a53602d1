/** Asks a PostgreSQL server what it would do with another index. */
@NullMarked
package dev.spanwise.analyzer.postgresql.whatif;

import org.jspecify.annotations.NullMarked;
