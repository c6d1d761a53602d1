/** Opens connections to PostgreSQL from the URLs that people have. */
@NullMarked
package dev.spanwise.analyzer.postgresql.connection;

import org.jspecify.annotations.NullMarked;
