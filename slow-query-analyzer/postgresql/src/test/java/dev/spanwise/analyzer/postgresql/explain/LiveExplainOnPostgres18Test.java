package dev.spanwise.analyzer.postgresql.explain;

import dev.spanwise.analyzer.postgresql.server.TestServer;
import java.sql.SQLException;

class LiveExplainOnPostgres18Test extends LiveExplainContract {

  LiveExplainOnPostgres18Test() throws SQLException {}

  @Override
  TestServer server() {
    return TestServer.postgres18();
  }
}
