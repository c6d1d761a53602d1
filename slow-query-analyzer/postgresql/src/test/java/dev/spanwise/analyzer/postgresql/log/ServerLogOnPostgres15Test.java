package dev.spanwise.analyzer.postgresql.log;

import dev.spanwise.analyzer.postgresql.server.TestServer;

final class ServerLogOnPostgres15Test extends ServerLogContract {

  @Override
  TestServer server() {
    return TestServer.postgres15();
  }
}
