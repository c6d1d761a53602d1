package dev.spanwise.demo.stack;

import dev.spanwise.demo.capture.LedgerCapture;
import dev.spanwise.demo.ledger.Ledger;
import dev.spanwise.demo.ledger.TradingWriter;
import dev.spanwise.demo.lifecycle.RunningParts;
import dev.spanwise.demo.projection.Projector;
import dev.spanwise.demo.quotes.QuoteServer;
import dev.spanwise.demo.server.NatsServer;
import dev.spanwise.demo.server.RedisServer;
import dev.spanwise.demo.stream.LedgerStreams;
import dev.spanwise.demo.telemetry.ServiceTelemetry;
import dev.spanwise.demo.telemetry.SpanCounts;
import dev.spanwise.instrumentation.telemetry.SpanwiseMetrics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The writing side of the trading application: orders into a ledger; from there captured, streamed
 * and projected into the read model; caches told; quotes sent. What wants a server that is not
 * installed is left out.
 *
 * <p>Safe for use by several threads once it has started.
 */
public final class TradingStack implements AutoCloseable {
  private final RunningParts running = new RunningParts();
  private @Nullable RedisServer redis;
  private @Nullable TradingWriter writer;
  private @Nullable LedgerCapture capture;
  private @Nullable Projector projector;
  private @Nullable QuoteServer quotes;

  private @Nullable String ledgerJdbcUrl;
  private final MeterRegistry meters;

  private TradingStack(MeterRegistry meters) {
    this.meters = meters;
  }

  /**
   * Starts every part that the installed servers allow.
   *
   * @throws IOException if a part does not start; those that did are closed
   */
  public static TradingStack start(TradingStackSettings settings) throws IOException {
    return start(settings, () -> ServiceTelemetry.otlp(settings.otlpEndpoint()));
  }

  static TradingStack start(TradingStackSettings settings, Supplier<SpanExporter> exporters)
      throws IOException {
    TradingStack stack = new TradingStack(settings.metrics().registry());
    try {
      stack.run(settings, exporters);
      return stack;
    } catch (IOException | RuntimeException e) {
      stack.running.endAfter(e);
      throw e;
    }
  }

  private void run(TradingStackSettings settings, Supplier<SpanExporter> exporters)
      throws IOException {
    Path directory = settings.directory();
    Ledger source =
        running.keep(
            Ledger.start(settings.servers().postgres(), directory, settings.instruments()));
    ledgerJdbcUrl = source.jdbcUrl();
    if (settings.servers().nats() != null) {
      if (settings.servers().redis() != null) {
        redis =
            running.keep(RedisServer.start(settings.servers().redis(), directory.resolve("redis")));
      }
      NatsServer nats =
          running.keep(NatsServer.start(settings.servers().nats(), directory.resolve("nats")));
      LedgerStreams.create(nats.url());
      projector =
          running.keep(
              Projector.start(
                  settings.readModelJdbcUrl(),
                  nats.url(),
                  redisUrl(),
                  exporters.get(),
                  settings.metrics()));
      quotes = running.keep(QuoteServer.start(nats.url(), exporters.get(), settings.metrics()));
      capture =
          running.keep(
              LedgerCapture.start(
                  source,
                  nats.url(),
                  directory.resolve("capture"),
                  exporters.get(),
                  settings.metrics()));
    }
    // Last, so that it ends first: what follows the ledger comes to rest before it ends.
    writer =
        running.keep(
            TradingWriter.start(
                source, settings.instruments(), exporters.get(), settings.metrics()));
  }

  /** Where orders are posted to. */
  public URI orders() {
    return Objects.requireNonNull(writer).uri();
  }

  /** Where quotes are sent, if they are. */
  public @Nullable URI quotes() {
    return quotes == null ? null : quotes.uri();
  }

  /** Where invalidations are published, if they are: for the read API. */
  public @Nullable String redisUrl() {
    return redis == null ? null : redis.url();
  }

  /** Where the ledger is. */
  String ledgerJdbcUrl() {
    return Objects.requireNonNull(ledgerJdbcUrl);
  }

  /** How many changes of the ledger are on the streams. */
  public long captured() {
    return capture == null ? 0 : capture.published();
  }

  /** How many changes the read model has. */
  public long projected() {
    return projector == null ? 0 : projector.applied();
  }

  /** How old the heartbeat is that the ledger's replica has; null without a replica. */
  public @Nullable Duration replicaAge() {
    Gauge age = meters.find(SpanwiseMetrics.SPANWISE_REPLICATION_HEARTBEAT_AGE.name()).gauge();
    return age == null || Double.isNaN(age.value())
        ? null
        : Duration.ofMillis(Math.round(age.value() * 1_000));
  }

  /** Waits until all services have sent the spans that have ended, ten seconds each at most. */
  public SpanCounts flush() {
    return Stream.of(
            Objects.requireNonNull(writer).flush(),
            capture == null ? SpanCounts.NONE : capture.flush(),
            projector == null ? SpanCounts.NONE : projector.flush(),
            quotes == null ? SpanCounts.NONE : quotes.flush())
        .reduce(SpanCounts.NONE, SpanCounts::plus);
  }

  /** Ends what was started, last first, and the servers under it. */
  @Override
  public void close() {
    running.close();
  }
}
