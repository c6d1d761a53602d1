package dev.spanwise.instrumentation.replication;

import dev.spanwise.instrumentation.telemetry.EachMeterFault;
import dev.spanwise.instrumentation.telemetry.FaultyTelemetry;
import dev.spanwise.instrumentation.telemetry.RecordedTelemetry;
import dev.spanwise.instrumentation.telemetry.TelemetryFault;
import dev.spanwise.testing.server.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.postgresql.ds.PGSimpleDataSource;

/** Whatever fails within meters, heartbeats are written; there are no spans. */
class FailingSafelyTest {
  @SuppressWarnings("NullAway.Init") // set before the first test
  private static PostgresServer server;

  private final PGSimpleDataSource dataSource = new PGSimpleDataSource();

  @BeforeAll
  static void startServer() {
    server = PostgresServer.embedded();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @ParameterizedTest
  @EachMeterFault
  void heartbeatsAreWritten(TelemetryFault fault) throws Exception {
    dataSource.setUrl(server.jdbcUrl());
    try (FaultyTelemetry faulty = FaultyTelemetry.start(fault);
        Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      ReplicationMonitor.Builder settings =
          ReplicationMonitor.builder(faulty.telemetry(), dataSource)
              .replica("itself", dataSource)
              .interval(Duration.ofMillis(10));
      statement.execute("DROP TABLE IF EXISTS spanwise_heartbeat");
      statement.execute(settings.ddl());
      Set<String> beats = new HashSet<>();
      ReplicationMonitor monitor = settings.start();
      RecordedTelemetry.await(
          "three heartbeats", () -> beats.addAll(beat(statement)) && beats.size() >= 3);
      monitor.close();
      faulty.assertMet();
    }
  }

  private static Set<String> beat(Statement statement) {
    try (ResultSet row = statement.executeQuery("SELECT written_at FROM spanwise_heartbeat")) {
      return row.next() ? Set.of(row.getString(1)) : Set.of();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
