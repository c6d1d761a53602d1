package dev.spanwise.testing.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PostgresServerTest {
  private enum Kind {
    EMBEDDED {
      @Override
      PostgresServer start(Map<String, String> settings) {
        return PostgresServer.embedded(settings);
      }
    },
    INSTALLED {
      @Override
      PostgresServer start(Map<String, String> settings) {
        return PostgresServer.installed(settings);
      }
    },
    CONTAINER {
      @Override
      PostgresServer start(Map<String, String> settings) {
        return Servers.CONTAINER.postgres(settings);
      }
    };

    abstract PostgresServer start(Map<String, String> settings);
  }

  @ParameterizedTest
  @EnumSource
  void keepsItsDataAndItsPortOverARestart(Kind kind) throws SQLException {
    try (PostgresServer server = kind.start(Map.of())) {
      int port = server.port();
      execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");

      server.stop();
      assertThatThrownBy(server::connect).isInstanceOf(SQLException.class);
      server.startAgain();

      assertThat(server.port()).isEqualTo(port);
      assertThat(query(server, "SELECT answer FROM kept")).isEqualTo("42");
    }
  }

  @ParameterizedTest
  @EnumSource
  void decodesChangesLogically(Kind kind) throws SQLException {
    try (PostgresServer server = kind.start(Map.of())) {
      query(server, "SELECT pg_create_logical_replication_slot('changes', 'pgoutput')");

      assertThat(query(server, "SELECT slot_type FROM pg_replication_slots")).isEqualTo("logical");
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesSettings(Kind kind) throws SQLException {
    try (PostgresServer server = kind.start(Map.of("work_mem", "7MB", "wal_level", "replica"))) {
      assertThat(query(server, "SHOW work_mem")).isEqualTo("7MB");
      assertThat(query(server, "SHOW wal_level")).isEqualTo("replica");
    }
  }

  @Test
  void theInstalledOneSaysWhyItDidNotStart() {
    assertThatThrownBy(() -> PostgresServer.installed(Map.of("work_mem", "much")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("invalid value for parameter \"work_mem\": \"much\"");
  }

  @Test
  void theEmbeddedOneSaysWhyItDidNotStart() {
    assertThatThrownBy(
            () -> new EmbeddedInstance(Map.of("work_mem", "much"), Duration.ofSeconds(2)).close())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("invalid value for parameter \"work_mem\": \"much\"");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CONTAINER")
  void listensOnTheLoopbackInterfaceAlone(Kind kind) throws SQLException {
    try (PostgresServer server = kind.start(Map.of())) {
      assertThat(query(server, "SHOW listen_addresses")).isIn("127.0.0.1", "localhost");
    }
  }

  @Test
  void aReplicaFollowsItsPrimaryAndIsReadOnly() throws Exception {
    try (PostgresServer primary = PostgresServer.installed()) {
      execute(primary, "CREATE TABLE followed (value int)");
      try (PostgresServer replica = primary.streamingReplica()) {
        execute(primary, "INSERT INTO followed VALUES (7)");

        await(replica, "SELECT sum(value) FROM followed", "7");
        assertThat(query(primary, "SELECT application_name FROM pg_stat_replication"))
            .startsWith("replica_")
            .isEqualTo(query(primary, "SELECT slot_name FROM pg_replication_slots"));
        assertThatThrownBy(() -> execute(replica, "DELETE FROM followed"))
            .hasMessageContaining("read-only");
      }
    }
  }

  @Test
  void aReplicaCatchesUpAfterARestart() throws Exception {
    try (PostgresServer primary = PostgresServer.installed();
        PostgresServer replica = primary.streamingReplica()) {
      replica.stop();
      execute(primary, "CREATE TABLE missed AS SELECT 3 AS value");
      replica.startAgain();

      await(replica, "SELECT to_regclass('missed') IS NOT NULL", "t");
    }
  }

  @Test
  void theEmbeddedOneHasNoReplica() {
    try (PostgresServer server = PostgresServer.embedded()) {
      assertThatThrownBy(server::streamingReplica)
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("pg_basebackup");
    }
  }

  private static void execute(PostgresServer server, String sql) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(PostgresServer server, String sql) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      assertThat(result.next()).isTrue();
      return String.valueOf(result.getString(1));
    }
  }

  private static void await(PostgresServer server, String sql, String expected) throws Exception {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(15));
    while (!query(server, sql).equals(expected) && Instant.now().isBefore(deadline)) {
      Thread.sleep(20);
    }
    assertThat(query(server, sql)).isEqualTo(expected);
  }
}
