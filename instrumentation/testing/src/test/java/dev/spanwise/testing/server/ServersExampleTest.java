package dev.spanwise.testing.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The README's examples. */
class ServersExampleTest {

  @Test
  void startsServersThatAnswer() throws Exception {
    // README
    try (NatsServer nats = NatsServer.start(); // JetStream is on
        RedisServer redis = RedisServer.start();
        PostgresServer primary = PostgresServer.installed(); // wal_level=logical
        PostgresServer replica = primary.streamingReplica(); // hot standby on a slot of its own
        PgBouncer pooler = PgBouncer.inFrontOf(primary, 2)) { // transaction mode, two backends
      connect(nats.url(), redis.url(), replica.jdbcUrl(), pooler.jdbcUrl());
      nats.stop();
      nats.startAgain(); // same port, same streams
      connect(nats.url());
    }
    // README
  }

  // README
  @ParameterizedTest
  @EnumSource
  void answersOnceItIsStarted(Servers servers) throws Exception {
    try (NatsServer nats = servers.nats()) {
      connect(nats.url());
    }
  }

  // README

  private static void connect(String... urls) throws Exception {
    for (String url : urls) {
      URI address = URI.create(url.replaceFirst("^jdbc:", ""));
      try (Socket socket = new Socket(address.getHost(), address.getPort())) {
        assertThat(socket.isConnected()).isTrue();
      }
    }
  }
}
