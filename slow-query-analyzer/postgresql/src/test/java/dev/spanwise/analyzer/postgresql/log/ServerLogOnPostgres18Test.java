package dev.spanwise.analyzer.postgresql.log;

import dev.spanwise.analyzer.postgresql.server.TestServer;

final class ServerLogOnPostgres18Test extends ServerLogContract {

  @Override
  TestServer server() {
    return TestServer.postgres18();
  }
}
