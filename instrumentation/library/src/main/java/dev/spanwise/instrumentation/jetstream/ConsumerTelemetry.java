package dev.spanwise.instrumentation.jetstream;

import dev.spanwise.instrumentation.telemetry.Counter;
import dev.spanwise.instrumentation.telemetry.Histogram;
import dev.spanwise.instrumentation.telemetry.SafeSpan;
import io.nats.client.api.AckPolicy;
import io.nats.client.impl.NatsJetStreamMetaData;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * One consumer, or those that share its name in metrics, as this process sees it: its series, and
 * the messages that were handed to the application and are not settled yet. Bounded by number and
 * by time; safe for use by several threads.
 */
final class ConsumerTelemetry {
  private static final double NANOS_PER_SECOND = 1e9;

  private final ConsumerMetrics metrics;
  private final String stream;
  private final String consumer;
  private final int maxUnsettled;
  private final Histogram messageAge;
  private final Counter redeliveries;

  /** Made when they are first needed: none stands at zero. */
  private final ConcurrentMap<Settlement, Histogram> durations = new ConcurrentHashMap<>();

  // Guarded by this, oldest first.
  private final Map<MessageKey, Processing> unsettled = new LinkedHashMap<>();
  private long deliveredNanos;
  private boolean retired;

  ConsumerTelemetry(ConsumerMetrics metrics, String stream, String consumer, int maxUnsettled) {
    this.metrics = metrics;
    this.stream = stream;
    this.consumer = consumer;
    this.maxUnsettled = maxUnsettled;
    messageAge = metrics.messageAge().with(stream, consumer);
    redeliveries = metrics.redeliveries().with(stream, consumer);
  }

  /**
   * A message is handed to the application.
   *
   * @return false where {@link #expire} found nothing left to look after meanwhile: the message
   *     belongs to another that stands for the consumer
   */
  boolean delivered(Processing processing, NatsJetStreamMetaData metadata) {
    Processing before = null;
    Processing oldest = null;
    synchronized (this) {
      if (retired) {
        return false;
      }
      deliveredNanos = System.nanoTime();
      if (processing.policy() != AckPolicy.None) {
        before = unsettled.remove(processing.key());
        unsettled.put(processing.key(), processing);
        if (unsettled.size() > maxUnsettled) {
          Iterator<Processing> eldestFirst = unsettled.values().iterator();
          oldest = eldestFirst.next();
          eldestFirst.remove();
        }
      }
      if (metadata.pendingCount() >= 0) {
        metrics.pending().with(stream, consumer).set((double) metadata.pendingCount());
      }
      showUnsettled();
    }
    record(processing.span(), messageAge, age(metadata));
    if (metadata.deliveredCount() > 1) {
      redeliveries.add(1);
    }
    abandon(before);
    abandon(oldest);
    return true;
  }

  /** The application settled a message; where its policy says so, all before it likewise. */
  void settled(Processing processing, Settlement by) {
    List<Processing> earlier = new ArrayList<>(0);
    synchronized (this) {
      boolean known = unsettled.remove(processing.key(), processing);
      if (known && by == Settlement.ACK && processing.policy() == AckPolicy.All) {
        unsettled
            .values()
            .removeIf(other -> other.key().isBefore(processing.key()) && earlier.add(other));
      }
      if (known) {
        showUnsettled();
      }
    }
    earlier.forEach(other -> other.settledWithAnother(by));
  }

  /** The application is done with a message. */
  void processed(SafeSpan span, long nanos, Settlement by) {
    Histogram duration =
        durations.computeIfAbsent(
            by, settlement -> metrics.processDuration().with(stream, consumer, settlement.label));
    record(span, duration, nanos / NANOS_PER_SECOND);
  }

  /**
   * Gives up on messages that were last heard of before a time, and takes back the gauges of a
   * consumer that has had none since.
   *
   * @param nanos by {@link System#nanoTime}
   * @return whether there is anything left to look after; once not, never again
   */
  boolean expire(long nanos) {
    List<Processing> expired = new ArrayList<>(0);
    boolean active;
    synchronized (this) {
      unsettled
          .values()
          .removeIf(processing -> processing.touchedNanos() - nanos < 0 && expired.add(processing));
      active = !unsettled.isEmpty() || deliveredNanos - nanos >= 0;
      if (active) {
        showUnsettled();
      } else {
        retired = true;
        metrics.pending().remove(stream, consumer);
        metrics.ackPending().remove(stream, consumer);
      }
    }
    expired.forEach(Processing::abandoned);
    return active;
  }

  private void showUnsettled() {
    metrics.ackPending().with(stream, consumer).set(unsettled.size());
  }

  private static void abandon(@Nullable Processing processing) {
    if (processing != null) {
      processing.abandoned();
    }
  }

  private static double age(NatsJetStreamMetaData metadata) {
    return Duration.between(metadata.timestamp().toInstant(), Instant.now()).toNanos()
        / NANOS_PER_SECOND;
  }

  /** The span is current meanwhile: that is where an exemplar comes from. */
  private static void record(SafeSpan span, Histogram histogram, double value) {
    Scope scope = span.makeCurrent();
    try {
      histogram.record(value);
    } finally {
      span.close(scope);
    }
  }
}
