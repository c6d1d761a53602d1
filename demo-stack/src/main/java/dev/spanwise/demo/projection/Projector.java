package dev.spanwise.demo.projection;

import com.zaxxer.hikari.HikariDataSource;
import dev.spanwise.demo.cache.CacheInvalidations;
import dev.spanwise.demo.lifecycle.RunningParts;
import dev.spanwise.demo.stream.LedgerChange;
import dev.spanwise.demo.stream.LedgerStreams;
import dev.spanwise.demo.stream.MalformedChangeException;
import dev.spanwise.demo.telemetry.Metrics;
import dev.spanwise.demo.telemetry.ServiceTelemetry;
import dev.spanwise.demo.telemetry.SpanCounts;
import dev.spanwise.instrumentation.freshness.Freshness;
import dev.spanwise.instrumentation.invalidation.Write;
import io.nats.client.Connection;
import io.nats.client.ConsumeOptions;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.MessageConsumer;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service that keeps the read model: takes each change off the stream, writes it, says that
 * what was cached of it is out of date, and only then acknowledges it. A change that comes again is
 * written once. One that can never be written is terminated, any other failure is tried again.
 */
public final class Projector implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(Projector.class);
  private static final String SERVICE_NAME = "read-model-projector";
  private static final Duration RETRY_DELAY = Duration.ofMillis(250);
  private static final int CONNECTIONS = 2;

  /**
   * What is fetched ahead waits here while the stream waits for its acknowledgement: with the
   * client's 500 a projector that falls behind would get them all again, and fall further behind.
   */
  private static final int MESSAGES_AHEAD = 32;

  private final RunningParts parts;
  private final ServiceTelemetry telemetry;
  private final ReadModelWriter readModel;
  private final @Nullable CacheInvalidations invalidations;
  private final AtomicLong applied = new AtomicLong();
  private boolean closed;

  private Projector(
      RunningParts parts,
      ServiceTelemetry telemetry,
      ReadModelWriter readModel,
      @Nullable CacheInvalidations invalidations) {
    this.parts = parts;
    this.telemetry = telemetry;
    this.readModel = readModel;
    this.invalidations = invalidations;
  }

  /**
   * Starts.
   *
   * @param readModelJdbcUrl of the database that the read API reads
   * @param natsUrl where the streams are, which must be there already
   * @param redisUrl where invalidations go; without it nothing is said
   * @throws IOException if one of them cannot be reached
   */
  public static Projector start(
      String readModelJdbcUrl,
      String natsUrl,
      @Nullable String redisUrl,
      SpanExporter exporter,
      Metrics metrics)
      throws IOException {
    RunningParts parts = new RunningParts();
    try {
      ServiceTelemetry telemetry =
          parts.keep(new ServiceTelemetry(SERVICE_NAME, exporter, metrics));
      HikariDataSource pool = parts.keep(telemetry.pool(readModelJdbcUrl, CONNECTIONS));
      ReadModelWriter.prepare(pool);
      CacheInvalidations invalidations =
          redisUrl == null
              ? null
              : parts.keep(
                  CacheInvalidations.connect(redisUrl, "/" + SERVICE_NAME, telemetry.library()));
      Connection connection = LedgerStreams.connect(natsUrl, SERVICE_NAME, telemetry.library());
      parts.keep(() -> LedgerStreams.close(connection));
      ReadModelWriter readModel = new ReadModelWriter(pool, Freshness.create(telemetry.library()));
      Projector projector = new Projector(parts, telemetry, readModel, invalidations);
      projector.follow(connection);
      return projector;
    } catch (SQLException | JetStreamApiException | IOException | RuntimeException e) {
      IOException failure =
          new IOException("the projection into the read model did not start: " + e.getMessage(), e);
      parts.endAfter(failure);
      throw failure;
    }
  }

  private void follow(Connection connection) throws IOException, JetStreamApiException {
    parts.keep(this::stopHandling);
    MessageConsumer consumer =
        connection
            .getConsumerContext(LedgerStreams.LEDGER, LedgerStreams.READ_MODEL)
            .consume(ConsumeOptions.builder().batchSize(MESSAGES_AHEAD).build(), this::handle);
    parts.keep(consumer::stop);
  }

  private synchronized void handle(Message message) {
    if (closed) {
      // Not acknowledged: it comes again when somebody projects again.
      return;
    }
    try {
      Write write = readModel.apply(LedgerChange.of(message.getData()));
      if (write != null && invalidations != null) {
        invalidations.publish(write);
      }
      applied.incrementAndGet();
      message.ack();
    } catch (MalformedChangeException e) {
      logger.warn("message {} is dropped", message.metaData().streamSequence(), e);
      message.term();
    } catch (SQLException e) {
      refuse(message, e);
    } catch (RuntimeException e) {
      logger.warn("message {} is tried again", message.metaData().streamSequence(), e);
      message.nakWithDelay(RETRY_DELAY);
    }
  }

  private static void refuse(Message message, SQLException e) {
    if (ReadModelWriter.isPermanent(e)) {
      logger.warn("message {} is dropped", message.metaData().streamSequence(), e);
      message.term();
    } else {
      logger.warn("message {} is tried again", message.metaData().streamSequence(), e);
      message.nakWithDelay(RETRY_DELAY);
    }
  }

  /** Waits for the change that is being written: it is not cut off in the middle. */
  private synchronized void stopHandling() {
    closed = true;
  }

  /** How many changes were written, or were there already. */
  public long applied() {
    return applied.get();
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
