package dev.spanwise.analyzer.postgresql.catalogue;

import dev.spanwise.analyzer.postgresql.server.TestServer;
import java.sql.SQLException;

class CatalogueRulesOnPostgres15Test extends CatalogueRulesContract {

  CatalogueRulesOnPostgres15Test() throws SQLException {}

  @Override
  TestServer server() {
    return TestServer.postgres15();
  }
}
