package dev.spanwise.testing.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class PgBouncerTest {

  @Test
  void sharesOneBackendBetweenTwoConnections() throws SQLException {
    try (PostgresServer server = PostgresServer.embedded();
        PgBouncer pooler = PgBouncer.inFrontOf(server, 1);
        Connection first = pooler.connect();
        Connection second = pooler.connect()) {
      assertThat(backend(first)).isEqualTo(backend(second));
    }
  }

  @Test
  void answersAgainAfterARestart() throws SQLException {
    try (PostgresServer server = PostgresServer.embedded();
        PgBouncer pooler = PgBouncer.inFrontOf(server, 2)) {
      int port = pooler.port();
      pooler.stop();
      pooler.startAgain();

      assertThat(pooler.port()).isEqualTo(port);
      try (Connection connection = pooler.connect()) {
        assertThat(backend(connection)).isPositive();
      }
    }
  }

  private static int backend(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT pg_backend_pid()")) {
      assertThat(result.next()).isTrue();
      return result.getInt(1);
    }
  }
}
