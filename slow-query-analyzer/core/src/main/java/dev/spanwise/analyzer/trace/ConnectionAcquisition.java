package dev.spanwise.analyzer.trace;

import java.util.Set;

/**
 * Spans that end when the application has a database connection: its wait for a free one in the
 * pool, or for a new one to open.
 *
 * @see <a
 *     href="https://github.com/open-telemetry/opentelemetry-java-instrumentation/tree/main/instrumentation/jdbc">OpenTelemetry's
 *     JDBC instrumentation, {@code otel.instrumentation.jdbc-datasource.enabled}</a>
 * @see <a
 *     href="https://github.com/open-telemetry/opentelemetry-js-contrib/tree/main/packages/instrumentation-pg">that
 *     of node-postgres</a>
 * @see <a href="https://github.com/exaring/otelpgx">otelpgx</a>
 */
public final class ConnectionAcquisition {

  /** {@code javax.sql.DataSource}, as the JDBC instrumentation names it after the class. */
  private static final String DATA_SOURCE = "DataSource.getConnection";

  private static final Set<String> POOLS =
      Set.of("pg-pool.connect", "pgxpool.acquire", "sqlx.pool.acquire");

  /** Names that other pools share: they count where the span says that it concerns a database. */
  private static final Set<String> POOLS_OF_ANYTHING = Set.of("pool.acquire", "getConnection");

  /** Data sources that keep no connection: each call opens one. */
  private static final Set<String> WITHOUT_POOL =
      Set.of(
          "PGSimpleDataSource.getConnection",
          "DriverManagerDataSource.getConnection",
          "SimpleDriverDataSource.getConnection");

  private ConnectionAcquisition() {}

  /** Whether a span stands for getting a connection. */
  public static boolean is(Span span) {
    if (span.kind() != SpanKind.INTERNAL && span.kind() != SpanKind.CLIENT) {
      return false;
    }
    String name = span.name();
    if (name.endsWith(DATA_SOURCE) || POOLS.contains(name)) {
      return true;
    }
    return span.call() != null
        && span.call().statement() == null
        && (name.endsWith(".getConnection") || POOLS_OF_ANYTHING.contains(name));
  }

  /** Whether each such span of that name opens a connection of its own, for want of a pool. */
  public static boolean isWithoutPool(String spanName) {
    return WITHOUT_POOL.contains(spanName);
  }
}
