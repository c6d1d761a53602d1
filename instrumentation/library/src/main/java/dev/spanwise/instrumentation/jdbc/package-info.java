/**
 * What JDBC spans lack: the server process that ran a statement, which ties a span to the server's
 * own log, and what was fetched after the statement had been executed.
 *
 * @see dev.spanwise.instrumentation.jdbc.PostgresqlTelemetry
 */
@NullMarked
package dev.spanwise.instrumentation.jdbc;

import org.jspecify.annotations.NullMarked;
