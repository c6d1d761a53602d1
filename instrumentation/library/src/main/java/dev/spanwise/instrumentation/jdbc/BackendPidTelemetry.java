package dev.spanwise.instrumentation.jdbc;

import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import io.opentelemetry.api.common.AttributeKey;
import javax.sql.DataSource;

/**
 * Puts the process id of the PostgreSQL backend on the span of every statement that it executes, so
 * that a span can be found again in the server's log (its {@code %p}).
 *
 * <p>The id is what the server said when the connection was opened ({@link
 * org.postgresql.PGConnection#getBackendPID()}): no statement is changed and nothing is sent.
 * Behind a pooler that lends server connections per transaction, such as PgBouncer, that id names
 * no backend; do not wrap there.
 *
 * <p>Wrap below OpenTelemetry's JDBC instrumentation, whose span is current while the driver
 * executes, and both below the pool, so that the wrapper is made once per physical connection:
 *
 * <pre>{@code
 * pool.setDataSource(JdbcTelemetry.create(openTelemetry).wrap(BackendPidTelemetry.wrap(driver)));
 * }</pre>
 *
 * <p>Without an instrumentation in between, the attribute goes to whichever span is current.
 */
public final class BackendPidTelemetry {
  /**
   * The span attribute: a positive integer. The OpenTelemetry Collector's <a
   * href="https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/receiver/postgresqlreceiver">PostgreSQL
   * receiver</a> uses the name; no semantic convention does yet.
   */
  public static final AttributeKey<Long> POSTGRESQL_PID = SpanwiseAttributes.POSTGRESQL_PID;

  private BackendPidTelemetry() {}

  /**
   * Wraps a data source of PostgreSQL's driver. Results, exceptions and {@code unwrap} are the
   * driver's own. A connection whose process id cannot be read is logged once and handed out as it
   * is.
   *
   * @return a data source as safe for use by several threads as the one given
   */
  public static DataSource wrap(DataSource dataSource) {
    return new BackendPidDataSource(dataSource);
  }
}
