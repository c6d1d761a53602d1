package dev.spanwise.analyzer.postgresql.catalogue;

import dev.spanwise.analyzer.postgresql.server.TestServer;
import java.sql.SQLException;

final class CatalogueOnPostgres15Test extends CatalogueContract {

  CatalogueOnPostgres15Test() throws SQLException {}

  @Override
  TestServer server() {
    return TestServer.postgres15();
  }
}
