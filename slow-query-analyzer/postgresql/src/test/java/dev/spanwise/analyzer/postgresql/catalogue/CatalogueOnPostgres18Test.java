package dev.spanwise.analyzer.postgresql.catalogue;

import dev.spanwise.analyzer.postgresql.server.TestServer;
import java.sql.SQLException;

final class CatalogueOnPostgres18Test extends CatalogueContract {

  CatalogueOnPostgres18Test() throws SQLException {}

  @Override
  TestServer server() {
    return TestServer.postgres18();
  }
}
