package dev.spanwise.instrumentation.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.jdbc.datasource.JdbcTelemetry;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** OpenTelemetry's wrapper above ours, and both below the pool. */
final class WiringExample {
  private WiringExample() {}

  static HikariDataSource pool(String jdbcUrl, OpenTelemetry openTelemetry) {
    PGSimpleDataSource driver = new PGSimpleDataSource();
    driver.setUrl(jdbcUrl);
    DataSource withBackend = PostgresqlTelemetry.wrap(driver);
    DataSource withSpans = JdbcTelemetry.create(openTelemetry).wrap(withBackend);
    HikariDataSource pool = new HikariDataSource();
    pool.setDataSource(withSpans);
    return pool;
  }
}
