package dev.spanwise.analyzer.postgresql.whatif;

import dev.spanwise.analyzer.postgresql.server.TestServer;
import java.sql.SQLException;

final class ExecutedWhatIfOnPostgres18Test extends ExecutedWhatIfContract {

  ExecutedWhatIfOnPostgres18Test() throws SQLException {}

  @Override
  TestServer server() {
    return TestServer.postgres18();
  }
}
