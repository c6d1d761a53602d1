package dev.spanwise.instrumentation.jdbc;

import javax.sql.DataSource;

/**
 * Adds to OpenTelemetry's JDBC spans what they lack to be found again in PostgreSQL's log, and to
 * named reads what they fetched.
 *
 * <ul>
 *   <li>{@code postgresql.pid} and {@code spanwise.postgresql.backend_start} (milliseconds since
 *       the epoch: process ids come back) on the span of each statement that is executed. A span is
 *       a statement's if it is of kind CLIENT with {@code db.system.name} or {@code db.system}; no
 *       other span is touched. OpenTelemetry's API does not show that, its SDK does: where the
 *       application's spans are not the SDK's own, such as under the Java agent, they get nothing.
 *   <li>{@code spanwise.jdbc.rows_fetched} and {@code spanwise.jdbc.fetch_duration} (seconds) on
 *       the span of the named read in which the statement was executed. Rows are those that {@link
 *       java.sql.ResultSet#next()} came to. The duration is what {@code next()} waited for the
 *       server, on top of the statements' own spans: it is 0 unless a fetch size made the driver
 *       fetch in portions.
 * </ul>
 *
 * <p>No statement is changed. Once for each physical connection a query of one row asks for the
 * process id and its start, for two seconds at most. Where that is not the id the driver was told
 * ({@link org.postgresql.PGConnection#getBackendPID()}) there is a pooler between, such as
 * PgBouncer: both attributes are left off, and the log says so once for each data source.
 *
 * <p>Wrap below OpenTelemetry's JDBC instrumentation, whose span is current while the driver
 * executes, and both below the pool, so that the wrapper is made once per physical connection:
 *
 * <pre>{@code
 * pool.setDataSource(JdbcTelemetry.create(openTelemetry).wrap(PostgresqlTelemetry.wrap(driver)));
 * }</pre>
 */
public final class PostgresqlTelemetry {
  private PostgresqlTelemetry() {}

  /**
   * Wraps a data source of PostgreSQL's driver. Results, exceptions and {@code unwrap} are the
   * driver's own. Connections of another driver are handed out as they are, which the log says
   * once.
   *
   * @return a data source as safe for use by several threads as the one given
   */
  public static DataSource wrap(DataSource dataSource) {
    return new DelegatingWatchedDataSource(dataSource);
  }
}
