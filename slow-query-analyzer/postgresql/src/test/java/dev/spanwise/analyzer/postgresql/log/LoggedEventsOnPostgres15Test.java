package dev.spanwise.analyzer.postgresql.log;

import dev.spanwise.analyzer.postgresql.server.TestServer;

final class LoggedEventsOnPostgres15Test extends LoggedEventsContract {

  @Override
  TestServer server() {
    return TestServer.postgres15();
  }
}
