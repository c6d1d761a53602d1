package dev.spanwise.instrumentation.jetstream;

import dev.spanwise.instrumentation.telemetry.MetricFamily;
import dev.spanwise.instrumentation.telemetry.SafeSpan;
import io.nats.client.impl.NatsJetStreamMetaData;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The consumers that this process takes messages for, and has lately taken some for: at most {@link
 * MetricFamily#MAX_SERIES}, past which they share one. What has been left unsettled is given up by
 * a timer of the JDK's, which is set only while there is something to look after.
 */
final class Consumers {
  private record Key(String stream, String consumer) {}

  private static final Key OTHER = new Key(MetricFamily.OTHER, MetricFamily.OTHER);

  /** A message is given up at most this part of the time too late. */
  private static final int CHECKS_PER_PERIOD = 4;

  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final ConsumerMetrics metrics;
  private final int maxUnsettled;
  private final long unsettledForNanos;
  private final ConcurrentMap<Key, ConsumerTelemetry> consumers = new ConcurrentHashMap<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();

  Consumers(ConsumerMetrics metrics, int maxUnsettled, Duration unsettledFor) {
    this.metrics = metrics;
    this.maxUnsettled = maxUnsettled;
    this.unsettledForNanos = unsettledFor.toNanos();
  }

  /**
   * The processing of a message begins.
   *
   * @param kind its consumer's
   * @param startedNanos by {@link System#nanoTime}
   */
  Processing begin(
      SafeSpan span, NatsJetStreamMetaData metadata, ConsumerKind kind, long startedNanos) {
    MessageKey key = MessageKey.of(metadata);
    while (true) {
      ConsumerTelemetry consumer = get(metadata, kind);
      Processing processing = new Processing(span, consumer, key, kind, startedNanos);
      if (consumer.began(processing)) {
        watch();
        return processing;
      }
      consumers.values().remove(consumer);
    }
  }

  /**
   * A message is handed to the application: counted once for each delivery.
   *
   * @param kind its consumer's
   * @param span its own, or that of nothing
   */
  void received(SafeSpan span, NatsJetStreamMetaData metadata, ConsumerKind kind) {
    double ageSeconds = ageSeconds(metadata);
    ConsumerTelemetry consumer = get(metadata, kind);
    while (!consumer.received(span, metadata, ageSeconds)) {
      consumers.values().remove(consumer);
      consumer = get(metadata, kind);
    }
    watch();
  }

  private static double ageSeconds(NatsJetStreamMetaData metadata) {
    ZonedDateTime stored = metadata.timestamp();
    Instant now = Instant.now();
    return now.getEpochSecond()
        - stored.toEpochSecond()
        + (now.getNano() - stored.getNano()) / NANOS_PER_SECOND;
  }

  private ConsumerTelemetry get(NatsJetStreamMetaData metadata, ConsumerKind kind) {
    String shared = kind.sharedName();
    Key key = new Key(metadata.getStream(), shared == null ? metadata.getConsumer() : shared);
    ConsumerTelemetry known = consumers.get(key);
    return known != null ? known : make(key);
  }

  private ConsumerTelemetry make(Key key) {
    return consumers.computeIfAbsent(
        consumers.size() < MetricFamily.MAX_SERIES ? key : OTHER,
        bounded ->
            new ConsumerTelemetry(metrics, bounded.stream(), bounded.consumer(), maxUnsettled));
  }

  private void watch() {
    if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
      CompletableFuture.delayedExecutor(
              Math.max(1, unsettledForNanos / CHECKS_PER_PERIOD), TimeUnit.NANOSECONDS)
          .execute(this::expire);
    }
  }

  private void expire() {
    scheduled.set(false);
    long before = System.nanoTime() - unsettledForNanos;
    boolean active = false;
    for (Map.Entry<Key, ConsumerTelemetry> consumer : consumers.entrySet()) {
      if (consumer.getValue().expire(before)) {
        active = true;
      } else {
        consumers.remove(consumer.getKey(), consumer.getValue());
      }
    }
    if (active) {
      watch();
    }
  }
}
