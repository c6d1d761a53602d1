package dev.spanwise.instrumentation.jdbc;

import dev.spanwise.testing.server.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;

/** One server for the tests of a class. */
final class TestDatabase implements AutoCloseable {
  private final PostgresServer server = PostgresServer.embedded();

  String url() {
    return server.jdbcUrl();
  }

  PGSimpleDataSource driver() {
    return driver(url());
  }

  static PGSimpleDataSource driver(String url) {
    PGSimpleDataSource driver = new PGSimpleDataSource();
    driver.setUrl(url);
    return driver;
  }

  @Override
  public void close() {
    server.close();
  }
}
