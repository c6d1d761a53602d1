package dev.spanwise.demo.stack;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanwise.demo.telemetry.ServiceTelemetry;
import dev.spanwise.instrumentation.cdc.ChangeCapture;
import dev.spanwise.instrumentation.invalidation.InvalidationPublisher;
import dev.spanwise.instrumentation.invalidation.InvalidationReceiver;
import dev.spanwise.instrumentation.invalidation.LettuceInvalidations;
import dev.spanwise.instrumentation.invalidation.Write;
import dev.spanwise.instrumentation.jetstream.JetStreamTelemetry;
import dev.spanwise.instrumentation.read.NamedRead;
import dev.spanwise.instrumentation.read.NamedReads;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import dev.spanwise.testing.contract.application.InvalidationApplication;
import dev.spanwise.testing.contract.application.Seam;
import dev.spanwise.testing.contract.application.StreamApplication;
import io.debezium.engine.DebeziumEngine.ChangeConsumer;
import io.lettuce.core.pubsub.RedisPubSubListener;
import io.nats.client.Connection;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Calls the library where the demo's own traffic does not lead: failures, cancelled reads, messages
 * that come twice, late, broken or from strangers.
 */
final class RarePaths implements Seam {
  private final Telemetry telemetry;

  private RarePaths(Telemetry telemetry) {
    this.telemetry = telemetry;
  }

  /**
   * Takes them all, one after the other.
   *
   * @param natsUrl of a server without streams of the names that the contracts' applications use
   */
  static void take(ServiceTelemetry service, String natsUrl, String redisUrl) throws Exception {
    RarePaths paths = new RarePaths(service.library());
    paths.reads();
    paths.captures();
    paths.streams(natsUrl);
    paths.invalidations(redisUrl);
  }

  private void reads() {
    NamedRead read = NamedReads.create(telemetry).named("rare");
    assertThatThrownBy(
            () ->
                read.call(
                    running -> {
                      throw new SQLException("the server is gone");
                    }))
        .isInstanceOf(SQLException.class);
    read.callAsync(running -> new CompletableFuture<>()).cancel(true);
  }

  private void captures() {
    ChangeConsumer<String> failing =
        ChangeCapture.create(telemetry, "rare")
            .wrap(
                (records, committer) -> {
                  throw new IllegalStateException("the stream is gone");
                });
    assertThatThrownBy(() -> failing.handleBatch(List.of("{}"), null))
        .isInstanceOf(IllegalStateException.class);
  }

  /** Refused, given up, redelivered, failed with, and one that no stream wants. */
  private void streams(String natsUrl) throws Exception {
    try (PrintStream unheard = unheard()) {
      new StreamApplication().run(this, Map.of("nats.url", natsUrl), unheard);
    }
  }

  /** Missed, out of order, repeated, plain, malformed, failed with, and one that is not sent. */
  private void invalidations(String redisUrl) throws Exception {
    List<String> messages =
        List.of(
            envelope(1),
            envelope(4),
            envelope(2),
            envelope(4),
            "orders:7",
            "{\"specversion\":\"1.0\",\"type\":\"dev.spanwise.cache.invalidated\"}",
            "fail");
    Map<String, String> settings = new HashMap<>(Map.of("redis.url", redisUrl));
    for (int i = 0; i < messages.size(); i++) {
      settings.put("message." + i, messages.get(i));
    }
    try (PrintStream unheard = unheard()) {
      new InvalidationApplication().run(this, settings, unheard);
    }
    assertThatThrownBy(
            () ->
                publisher()
                    .publish(
                        "invalidations",
                        write(5),
                        message -> {
                          throw new IllegalStateException("Redis is gone");
                        }))
        .isInstanceOf(IllegalStateException.class);
  }

  private String envelope(long version) {
    return publisher().publish("invalidations", write(version), message -> message);
  }

  private InvalidationPublisher publisher() {
    return InvalidationPublisher.create(telemetry, "/rare");
  }

  private static Write write(long version) {
    return new Write("orders:7", version, Instant.now());
  }

  private static PrintStream unheard() {
    return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  }

  @Override
  public Connection connection(Connection connection) {
    return JetStreamTelemetry.create(telemetry).wrap(connection);
  }

  @Override
  public <K, V> RedisPubSubListener<K, V> listener(RedisPubSubListener<K, V> listener) {
    return LettuceInvalidations.wrap(InvalidationReceiver.create(telemetry), listener);
  }
}
