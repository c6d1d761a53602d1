package dev.spanwise.instrumentation.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.jdbc.datasource.JdbcTelemetry;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The README's example. */
final class WiringExample {
  private WiringExample() {}

  static HikariDataSource pool(String jdbcUrl, OpenTelemetry openTelemetry) {
    // README
    PGSimpleDataSource driver = new PGSimpleDataSource();
    driver.setUrl(jdbcUrl);
    DataSource withBackend = PostgresqlTelemetry.wrap(driver);
    DataSource withSpans = JdbcTelemetry.create(openTelemetry).wrap(withBackend);
    HikariDataSource pool = new HikariDataSource();
    pool.setDataSource(withSpans);
    // README
    return pool;
  }
}
