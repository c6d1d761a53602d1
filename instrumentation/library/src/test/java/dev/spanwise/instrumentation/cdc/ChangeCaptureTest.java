package dev.spanwise.instrumentation.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.instrumentation.telemetry.RecordedTelemetry;
import dev.spanwise.testing.server.PostgresServer;
import io.debezium.embedded.Connect;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.format.ChangeEventFormat;
import io.debezium.engine.format.Json;
import io.debezium.engine.format.JsonByteArray;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChangeCaptureTest {
  private static PostgresServer server;

  private final RecordedTelemetry recorded = new RecordedTelemetry();
  private final ChangeCapture capture = ChangeCapture.create(recorded.telemetry(), "ledger");
  private final ExecutorService engines = Executors.newSingleThreadExecutor();
  private final List<Object> records = new CopyOnWriteArrayList<>();
  private Connection database;
  private @Nullable DebeziumEngine<?> engine;

  @BeforeAll
  static void startServer() {
    server = PostgresServer.embedded();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void makeTable() throws SQLException {
    database = server.connect();
    execute("DROP TABLE IF EXISTS orders");
    execute("CREATE TABLE orders (id int PRIMARY KEY, note text, traceparent text)");
  }

  @AfterEach
  void stopEngine() throws Exception {
    if (engine != null) {
      engine.close();
    }
    engines.shutdown();
    database.close();
  }

  private void execute(String sql) throws SQLException {
    try (var statement = database.createStatement()) {
      statement.execute(sql);
    }
  }

  private void insert(int id) {
    try (PreparedStatement insert =
        database.prepareStatement("INSERT INTO orders VALUES (?, 'x', ?)")) {
      insert.setInt(1, id);
      insert.setString(2, Traceparent.current());
      insert.execute();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private <R> DebeziumEngine.ChangeConsumer<R> consumer() {
    return capture.wrap(
        (batch, committer) -> {
          for (R record : batch) {
            capture.publishing(
                record, () -> recorded.tracer().spanBuilder("publish trades").startSpan().end());
            records.add(record);
            committer.markProcessed(record);
          }
          committer.markBatchFinished();
        });
  }

  private static Properties properties() {
    return LedgerConnector.properties(server, "ledger");
  }

  private void run(DebeziumEngine<?> started) throws InterruptedException {
    engine = started;
    engines.execute(started);
    RecordedTelemetry.await("a slot in use", () -> slotIsActive());
  }

  private boolean slotIsActive() {
    try (var statement = database.createStatement();
        var result =
            statement.executeQuery(
                "SELECT FROM pg_replication_slots WHERE slot_name = 'ledger' AND active")) {
      return result.next();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** From a request over its row and its capture to what is published of it. */
  private void assertThatTheTraceIsConnected() throws InterruptedException {
    Span request = recorded.tracer().spanBuilder("POST /orders").startSpan();
    Instant before = Instant.now();
    Context.root().with(request).wrap(() -> insert(1)).run();
    request.end();
    String trace = request.getSpanContext().getTraceId();

    RecordedTelemetry.await(
        "a capture that is linked to the request",
        () ->
            recorded.spans().stream()
                .anyMatch(
                    span ->
                        span.getName().equals("capture ledger")
                            && span.getLinks().stream()
                                .anyMatch(
                                    link -> link.getSpanContext().getTraceId().equals(trace))));
    assertThat(recorded.spans())
        .filteredOn(span -> span.getName().equals("publish trades"))
        .filteredOn(span -> span.getTraceId().equals(trace))
        .singleElement()
        .extracting(SpanData::getParentSpanId)
        .isEqualTo(request.getSpanContext().getSpanId());
    assertThat(records)
        .filteredOn(record -> capture.committed(record) != null)
        .singleElement()
        .satisfies(
            record ->
                assertThat(capture.committed(record))
                    .isBetween(before.minusMillis(1), Instant.now()));
    assertThat(recorded.count("spanwise.cdc.lag", "spanwise.cdc.connector", "ledger")).isEqualTo(1);
    assertThat(recorded.sum("spanwise.cdc.lag"))
        .isPositive()
        .isLessThan(Duration.between(before, Instant.now()));
  }

  @Test
  void eventsInJsonAreTracedAsInTheReadmesExample() throws Exception {
    run(
        CaptureExample.engine(
            recorded.telemetry(),
            properties(),
            record -> {
              recorded.tracer().spanBuilder("publish trades").startSpan().end();
              records.add(record);
            }));

    assertThatTheTraceIsConnected();
  }

  @Test
  void eventsInBytesWithoutSchemaAreTraced() throws Exception {
    Properties properties = properties();
    properties.setProperty("converter.schemas.enable", "false");
    run(
        DebeziumEngine.create(JsonByteArray.class)
            .using(properties)
            .notifying(this.<ChangeEvent<byte[], byte[]>>consumer())
            .build());

    assertThatTheTraceIsConnected();
  }

  @Test
  void recordsOfKafkaConnectAreTraced() throws Exception {
    run(
        DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
            .using(properties())
            .notifying(
                this
                    .<io.debezium.engine.RecordChangeEvent<
                            org.apache.kafka.connect.source.SourceRecord>>
                        consumer())
            .build());

    assertThatTheTraceIsConnected();
  }

  @Test
  void flattenedRowsAreTraced() throws Exception {
    Properties properties = properties();
    properties.setProperty("transforms", "flat");
    properties.setProperty("transforms.flat.type", "io.debezium.transforms.ExtractNewRecordState");
    properties.setProperty("transforms.flat.add.fields", "op,source.ts_ms,source.snapshot");
    run(
        DebeziumEngine.create(Json.class)
            .using(properties)
            .notifying(this.<ChangeEvent<String, String>>consumer())
            .build());

    assertThatTheTraceIsConnected();
  }

  @Test
  void rowsOfASnapshotHeartbeatsDeletionsAndTombstonesAreToleratedAndOnlyChangesHaveALag()
      throws Exception {
    insert(1);
    insert(2);
    run(
        DebeziumEngine.create(Json.class)
            .using(properties())
            .notifying(this.<ChangeEvent<String, String>>consumer())
            .build());
    RecordedTelemetry.await("the snapshot and a heartbeat", () -> records.size() > 2);

    execute("DELETE FROM orders WHERE id = 1");

    RecordedTelemetry.await(
        "the deletion",
        () -> recorded.count("spanwise.cdc.lag", "spanwise.cdc.connector", "ledger") == 1);
    assertThat(records).anyMatch(record -> record.toString().contains("__debezium-heartbeat"));
    assertThat(recorded.spans())
        .filteredOn(span -> span.getName().equals("capture ledger"))
        .allMatch(span -> span.getLinks().isEmpty());
  }

  @Test
  void theGaugesFollowTheConnectorThroughItsLife() throws Exception {
    CaptureExample.monitor(recorded.telemetry()).close();
    ConnectorMonitor monitor =
        ConnectorMonitor.start(recorded.telemetry(), "ledger", Duration.ofMillis(50));
    RecordedTelemetry.await(
        "not connected before the start", () -> connected() != null && connected() == 0);
    for (int life = 0; life < 2; life++) {
      DebeziumEngine<?> next =
          DebeziumEngine.create(Json.class)
              .using(properties())
              .notifying(this.<ChangeEvent<String, String>>consumer())
              .build();
      run(next);
      insert(100 + life);
      RecordedTelemetry.await("connected", () -> connected() != null && connected() == 1);
      RecordedTelemetry.await(
          "behind source", () -> recorded.gauge("spanwise.cdc.behind_source") != null);
      assertThat(recorded.gauge("spanwise.cdc.queue.capacity")).isEqualTo(8192);
      assertThat(recorded.gauge("spanwise.cdc.queue.remaining")).isBetween(8000.0, 8192.0);
      next.close();
      engine = null;
      RecordedTelemetry.await(
          "nothing known after the end",
          () -> recorded.gauge("spanwise.cdc.queue.capacity") == null);
      assertThat(connected()).isZero();
    }
    monitor.close();
    assertThat(connected()).isNull();
  }

  private @Nullable Double connected() {
    return recorded.gauge("spanwise.cdc.connected", "spanwise.cdc.connector", "ledger");
  }
}
