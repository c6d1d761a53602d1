package dev.spanwise.analyzer.postgresql.explain;

import dev.spanwise.analyzer.postgresql.server.TestServer;
import java.sql.SQLException;

class LiveExplainOnPostgres15Test extends LiveExplainContract {

  LiveExplainOnPostgres15Test() throws SQLException {}

  @Override
  TestServer server() {
    return TestServer.postgres15();
  }
}
