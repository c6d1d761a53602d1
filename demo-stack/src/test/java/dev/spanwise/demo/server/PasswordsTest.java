package dev.spanwise.demo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.nats.client.AuthenticationException;
import io.nats.client.Nats;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any account of the machine reaches a port of the loopback interface. */
class PasswordsTest {
  private static final InstalledServers SERVERS = InstalledServers.find();

  @TempDir private Path directory = Path.of("");

  @Test
  void anEmbeddedPostgresqlLetsNobodyInWithoutItsPassword() throws Exception {
    try (EmbeddedServer server =
        EmbeddedServer.start(EmbeddedPostgres.builder(), directory.resolve("data"), directory)) {
      DriverManager.getConnection(server.jdbcUrl()).close();
      assertThatThrownBy(
              () ->
                  DriverManager.getConnection(server.jdbcUrl().replace("password=", "password=0")))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
      assertThat(directory.resolve("initial-password")).doesNotExist();
    }
  }

  @Test
  void redisLetsNobodyInWithoutItsPassword() throws Exception {
    assumeTrue(SERVERS.redis() != null, "redis-server is not installed");
    try (RedisServer server =
        RedisServer.start(Objects.requireNonNull(SERVERS.redis()), directory)) {
      assertThat(ping(RedisURI.create(server.url()))).isEqualTo("PONG");
      RedisURI nameless = RedisURI.create("127.0.0.1", URI.create(server.url()).getPort());
      assertThatThrownBy(() -> ping(nameless))
          .hasRootCauseInstanceOf(RedisCommandExecutionException.class)
          .rootCause()
          .hasMessageContaining("NOAUTH");
      assertOwnersAlone(directory.resolve("redis-server.conf"));
    }
  }

  @Test
  void natsLetsNobodyInWithoutItsPassword() throws Exception {
    assumeTrue(SERVERS.nats() != null, "nats-server is not installed");
    try (NatsServer server = NatsServer.start(Objects.requireNonNull(SERVERS.nats()), directory)) {
      Nats.connect(server.url()).close();
      String nameless = "nats://127.0.0.1:" + URI.create(server.url()).getPort();
      assertThatThrownBy(() -> Nats.connect(nameless)).isInstanceOf(AuthenticationException.class);
      assertOwnersAlone(directory.resolve("nats-server.conf"));
    }
  }

  private static String ping(RedisURI uri) {
    RedisClient client = RedisClient.create(uri);
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      return connection.sync().ping();
    } finally {
      client.shutdown();
    }
  }

  private static void assertOwnersAlone(Path file) throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }
}
