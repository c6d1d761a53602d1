package dev.spanwise.demo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {

  @Test
  void letsNobodyInWithoutItsPassword(@TempDir Path directory) throws Exception {
    Path binaries = InstalledServers.find().postgres();
    assumeTrue(binaries != null, "PostgreSQL is not installed");
    try (PostgresServer primary =
            PostgresServer.startPrimary(
                Objects.requireNonNull(binaries), directory.resolve("primary"));
        PostgresServer replica =
            primary.startReplica(directory.resolve("replica"), "replica_of_test")) {
      for (PostgresServer server : new PostgresServer[] {primary, replica}) {
        String wrong = server.jdbcUrl().replaceFirst("password=.*", "password=wrong");
        assertThatThrownBy(() -> DriverManager.getConnection(wrong).close())
            .isInstanceOf(SQLException.class)
            .extracting(refused -> ((SQLException) refused).getSQLState())
            .isEqualTo("28P01");
      }
      assertThat(isInRecovery(primary)).isFalse();
      assertThat(isInRecovery(replica)).isTrue();
    }
    assertThat(directory.resolve("primary").resolve("password")).doesNotExist();
  }

  private static boolean isInRecovery(PostgresServer server) throws SQLException {
    try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_is_in_recovery()")) {
      row.next();
      return row.getBoolean(1);
    }
  }
}
