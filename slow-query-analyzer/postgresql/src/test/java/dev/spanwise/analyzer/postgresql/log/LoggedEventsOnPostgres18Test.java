package dev.spanwise.analyzer.postgresql.log;

import dev.spanwise.analyzer.postgresql.server.TestServer;

final class LoggedEventsOnPostgres18Test extends LoggedEventsContract {

  @Override
  TestServer server() {
    return TestServer.postgres18();
  }
}
