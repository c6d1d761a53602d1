package dev.spanwise.instrumentation.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.instrumentation.telemetry.RecordedTelemetry;
import dev.spanwise.testing.server.PostgresServer;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.format.Json;
import io.opentelemetry.api.trace.StatusCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** A real source that goes away while it is captured, and comes back. */
class ServerRestartTest {
  private final RecordedTelemetry recorded = new RecordedTelemetry();
  private final ChangeCapture capture = ChangeCapture.create(recorded.telemetry(), "ledger");
  private final List<String> captured = new CopyOnWriteArrayList<>();

  private static Properties properties(PostgresServer server) {
    Properties properties = LedgerConnector.properties(server, "ledger");
    // A retry stops the connector first: its slot has to outlive that.
    properties.setProperty("slot.drop.on.stop", "false");
    properties.setProperty("retriable.restart.connector.wait.ms", "500");
    return properties;
  }

  private DebeziumEngine<ChangeEvent<String, String>> engine(PostgresServer server) {
    return DebeziumEngine.create(Json.class)
        .using(properties(server))
        .notifying(
            capture.<ChangeEvent<String, String>>wrap(
                (batch, committer) -> {
                  for (ChangeEvent<String, String> event : batch) {
                    captured.add(String.valueOf(event.value()));
                    committer.markProcessed(event);
                  }
                  committer.markBatchFinished();
                }))
        .build();
  }

  private boolean isCaptured(String note) {
    return captured.stream().anyMatch(event -> event.contains(note));
  }

  private static boolean inserted(PostgresServer server, int id, String note) {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS orders (id int PRIMARY KEY, note text)");
      statement.execute("INSERT INTO orders VALUES (%d, '%s')".formatted(id, note));
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  @Test
  void theEngineGoesOnAndTheMonitorFollows() throws Exception {
    ExecutorService engines = Executors.newSingleThreadExecutor();
    try (PostgresServer server = PostgresServer.embedded();
        ConnectorMonitor monitor =
            ConnectorMonitor.start(recorded.telemetry(), "ledger", Duration.ofMillis(50))) {
      assertThat(monitor).isNotNull();
      assertThat(inserted(server, 1, "first")).isTrue();
      try (DebeziumEngine<ChangeEvent<String, String>> engine = engine(server)) {
        engines.execute(engine);
        RecordedTelemetry.await("the snapshot", () -> isCaptured("first"));
        RecordedTelemetry.await("connected", () -> isConnected(1));

        server.stop();
        RecordedTelemetry.await("not connected", () -> isConnected(0));
        server.startAgain();
        RecordedTelemetry.await("a row", () -> inserted(server, 2, "second"));

        RecordedTelemetry.await("the row captured", () -> isCaptured("second"));
        RecordedTelemetry.await("connected again", () -> isConnected(1));
      }
      assertThat(recorded.spans())
          .isNotEmpty()
          .allMatch(span -> span.getName().equals("capture ledger"))
          .allMatch(span -> span.getStatus().getStatusCode() == StatusCode.UNSET);
      assertThat(recorded.count("spanwise.cdc.lag")).isGreaterThanOrEqualTo(1);
    } finally {
      engines.shutdown();
    }
  }

  private boolean isConnected(double value) {
    Double connected = recorded.gauge("spanwise.cdc.connected");
    return connected != null && connected == value;
  }
}
