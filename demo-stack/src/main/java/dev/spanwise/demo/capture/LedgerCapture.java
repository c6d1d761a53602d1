package dev.spanwise.demo.capture;

import dev.spanwise.demo.ledger.Ledger;
import dev.spanwise.demo.lifecycle.RunningParts;
import dev.spanwise.demo.stream.LedgerStreams;
import dev.spanwise.demo.telemetry.Metrics;
import dev.spanwise.demo.telemetry.ServiceTelemetry;
import dev.spanwise.demo.telemetry.SpanCounts;
import dev.spanwise.instrumentation.cdc.ChangeCapture;
import dev.spanwise.instrumentation.cdc.ConnectorMonitor;
import dev.spanwise.instrumentation.freshness.Freshness;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.format.Json;
import io.nats.client.Connection;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service that follows the ledger's logical replication slot, by <a
 * href="https://debezium.io/documentation/reference/3.6/development/engine.html">Debezium's
 * embedded engine</a>, and publishes every change. A change is taken off the slot when the stream
 * has it, so none is lost; one that is published twice is dropped by the stream.
 */
public final class LedgerCapture implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(LedgerCapture.class);
  private static final String SERVICE_NAME = "ledger-capture";
  private static final String CONNECTOR = "ledger";
  private static final Duration GAUGE_INTERVAL = Duration.ofSeconds(1);
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final RunningParts parts;
  private final ServiceTelemetry telemetry;
  private final ChangePublisher publisher;

  private LedgerCapture(RunningParts parts, ServiceTelemetry telemetry, ChangePublisher publisher) {
    this.parts = parts;
    this.telemetry = telemetry;
    this.publisher = publisher;
  }

  /**
   * Starts and waits until no change can be missed.
   *
   * @param natsUrl where the streams are, which must be there already
   * @param directory for the engine's offsets; made if it is not there
   * @throws IOException if the streams cannot be reached or the engine does not start
   */
  public static LedgerCapture start(
      Ledger ledger, String natsUrl, Path directory, SpanExporter exporter, Metrics metrics)
      throws IOException {
    RunningParts parts = new RunningParts();
    try {
      Files.createDirectories(directory);
      ServiceTelemetry telemetry =
          parts.keep(new ServiceTelemetry(SERVICE_NAME, exporter, metrics));
      Connection connection = LedgerStreams.connect(natsUrl, SERVICE_NAME, telemetry.library());
      parts.keep(() -> LedgerStreams.close(connection));
      ChangeCapture observed = ChangeCapture.create(telemetry.library(), CONNECTOR);
      ChangePublisher publisher =
          new ChangePublisher(
              connection.jetStream(), observed, Freshness.create(telemetry.library()));
      LedgerCapture capture = new LedgerCapture(parts, telemetry, publisher);
      capture.follow(properties(ledger.jdbcUrl(), directory), observed.wrap(publisher));
      return capture;
    } catch (IOException | RuntimeException e) {
      IOException failure =
          new IOException("the capture of the ledger did not start: " + e.getMessage(), e);
      parts.endAfter(failure);
      throw failure;
    }
  }

  private void follow(
      Properties properties, DebeziumEngine.ChangeConsumer<ChangeEvent<String, String>> changes)
      throws IOException {
    CompletableFuture<@Nullable Void> following = new CompletableFuture<>();
    DebeziumEngine<ChangeEvent<String, String>> engine =
        DebeziumEngine.create(Json.class)
            .using(properties)
            .using(
                new DebeziumEngine.ConnectorCallback() {
                  @Override
                  public void pollingStarted() {
                    following.complete(null);
                  }
                })
            .using(
                (success, message, error) -> {
                  if (!success) {
                    logger.error("the capture ended: {}", message, error);
                  }
                  following.completeExceptionally(new IOException(message, error));
                })
            .notifying(changes)
            .build();
    ExecutorService thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread started = new Thread(task, "ledger-capture");
              started.setDaemon(true);
              return started;
            });
    parts.keep(() -> stop(engine, thread));
    parts.keep(ConnectorMonitor.start(telemetry.library(), CONNECTOR, GAUGE_INTERVAL));
    thread.execute(engine);
    try {
      following.get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IOException("its engine ended", e);
    } catch (TimeoutException e) {
      throw new IOException("it follows nothing after " + START_LIMIT.toSeconds() + " s", e);
    }
  }

  private static void stop(
      DebeziumEngine<ChangeEvent<String, String>> engine, ExecutorService thread) {
    try {
      engine.close();
    } catch (IOException | IllegalStateException e) {
      logger.info("the capture did not stop by itself", e);
    }
    thread.shutdown();
    try {
      if (!thread.awaitTermination(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        logger.warn("the capture is interrupted: it did not end within {}", STOP_LIMIT);
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private static Properties properties(String jdbcUrl, Path directory) {
    PGSimpleDataSource ledger = new PGSimpleDataSource();
    ledger.setUrl(jdbcUrl);
    Properties properties = new Properties();
    properties.setProperty("name", SERVICE_NAME);
    properties.setProperty("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
    properties.setProperty(
        "offset.storage", "org.apache.kafka.connect.storage.FileOffsetBackingStore");
    properties.setProperty(
        "offset.storage.file.filename", directory.resolve("offsets.dat").toString());
    properties.setProperty("offset.flush.interval.ms", "1000");
    properties.setProperty("topic.prefix", CONNECTOR);
    properties.setProperty("database.hostname", String.valueOf(ledger.getServerNames()[0]));
    properties.setProperty("database.port", Integer.toString(ledger.getPortNumbers()[0]));
    properties.setProperty("database.user", String.valueOf(ledger.getUser()));
    if (ledger.getPassword() != null) {
      properties.setProperty("database.password", ledger.getPassword());
    }
    properties.setProperty("database.dbname", String.valueOf(ledger.getDatabaseName()));
    properties.setProperty("plugin.name", "pgoutput");
    properties.setProperty("slot.name", "demo_capture");
    properties.setProperty("publication.name", Ledger.PUBLICATION);
    properties.setProperty("publication.autocreate.mode", "disabled");
    properties.setProperty("snapshot.mode", "no_data");
    properties.setProperty("tombstones.on.delete", "false");
    properties.setProperty("decimal.handling.mode", "string");
    properties.setProperty("key.converter.schemas.enable", "false");
    properties.setProperty("value.converter.schemas.enable", "false");
    properties.setProperty("max.batch.size", "512");
    properties.setProperty("max.queue.size", "2048");
    properties.setProperty("poll.interval.ms", "20");
    return properties;
  }

  /** How many changes the streams have acknowledged. */
  public long published() {
    return publisher.published();
  }

  /** Waits until all ended spans have been sent, ten seconds at most. */
  public SpanCounts flush() {
    return telemetry.flush();
  }

  @Override
  public void close() {
    parts.close();
  }
}
