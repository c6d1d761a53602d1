package dev.spanwise.analyzer.postgresql.catalogue;

import dev.spanwise.analyzer.postgresql.server.TestServer;
import java.sql.SQLException;

class CatalogueRulesOnPostgres18Test extends CatalogueRulesContract {

  CatalogueRulesOnPostgres18Test() throws SQLException {}

  @Override
  TestServer server() {
    return TestServer.postgres18();
  }
}
