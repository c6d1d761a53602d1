package dev.spanwise.instrumentation.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.postgresql.ds.PGSimpleDataSource;

/** One server for the tests of a class. */
final class TestDatabase implements AutoCloseable {
  private final EmbeddedPostgres server;

  TestDatabase() throws IOException {
    server = EmbeddedPostgres.builder().start();
  }

  String url() {
    return server.getJdbcUrl("postgres", "postgres");
  }

  PGSimpleDataSource driver() {
    PGSimpleDataSource driver = new PGSimpleDataSource();
    driver.setUrl(url());
    return driver;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
