package dev.spanwise.analyzer.postgresql.whatif;

import dev.spanwise.analyzer.postgresql.server.TestServer;
import java.sql.SQLException;

final class ExecutedWhatIfOnPostgres15Test extends ExecutedWhatIfContract {

  ExecutedWhatIfOnPostgres15Test() throws SQLException {}

  @Override
  TestServer server() {
    return TestServer.postgres15();
  }
}
