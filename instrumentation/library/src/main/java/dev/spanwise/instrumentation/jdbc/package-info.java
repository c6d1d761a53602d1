/**
 * What JDBC spans lack to be tied to the server's own logs: the backend's process id.
 *
 * @see dev.spanwise.instrumentation.jdbc.BackendPidTelemetry
 */
@NullMarked
package dev.spanwise.instrumentation.jdbc;

import org.jspecify.annotations.NullMarked;
