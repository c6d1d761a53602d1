package dev.spanwise.instrumentation.jetstream;

import dev.spanwise.instrumentation.telemetry.Counter;
import dev.spanwise.instrumentation.telemetry.Gauge;
import dev.spanwise.instrumentation.telemetry.Histogram;
import dev.spanwise.instrumentation.telemetry.MetricFamily;
import dev.spanwise.instrumentation.telemetry.SafeSpan;
import io.nats.client.api.AckPolicy;
import io.nats.client.impl.NatsJetStreamMetaData;
import io.opentelemetry.context.Scope;
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
 * the messages that were handed to the application and are not settled yet or, where nobody is
 * known to settle them, not done. Bounded by number and by time; safe for use by several threads.
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
  private final Map<MessageKey, Processing> open = new LinkedHashMap<>();
  private int unsettled;
  private @Nullable Gauge pending;
  private @Nullable Gauge ackPending;
  private long heardNanos = System.nanoTime();
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
   * The processing of a message begins.
   *
   * @return false where {@link #expire} found nothing left to look after meanwhile: the message
   *     belongs to another that stands for the consumer
   */
  boolean began(Processing processing) {
    Processing before = null;
    Processing oldest = null;
    synchronized (this) {
      if (retired) {
        return false;
      }
      heardNanos = System.nanoTime();
      before = open.put(processing.key(), processing);
      if (before != null) {
        // To the end, where the newest are.
        open.remove(processing.key());
        open.put(processing.key(), processing);
        removed(before);
      }
      if (processing.kind().awaitsSettlement()) {
        unsettled++;
      }
      if (open.size() > maxUnsettled) {
        Iterator<Processing> eldestFirst = open.values().iterator();
        oldest = eldestFirst.next();
        eldestFirst.remove();
        removed(oldest);
      }
      if (processing.kind().policy() != null) {
        showUnsettled();
      }
    }
    abandon(before);
    abandon(oldest);
    return true;
  }

  /**
   * The application has a message.
   *
   * @return false as {@link #began} does
   */
  boolean received(SafeSpan span, NatsJetStreamMetaData metadata, double ageSeconds) {
    synchronized (this) {
      if (retired) {
        return false;
      }
      heardNanos = System.nanoTime();
      if (metadata.pendingCount() >= 0) {
        showPending(metadata.pendingCount());
      }
    }
    if (metadata.deliveredCount() > 1) {
      redeliveries.add(1);
    }
    record(span, messageAge, ageSeconds);
    return true;
  }

  /** The application settled a message; where its policy says so, all before it likewise. */
  void settled(Processing processing, Settlement by) {
    List<Processing> earlier = List.of();
    synchronized (this) {
      if (!remove(processing)) {
        return;
      }
      if (by == Settlement.ACK && processing.kind().policy() == AckPolicy.All) {
        earlier = takeBefore(processing.key());
      }
      if (processing.kind().awaitsSettlement()) {
        showUnsettled();
      }
    }
    earlier.forEach(other -> other.settledWithAnother(by));
  }

  /** The application is done with a message that nobody is known to settle. */
  synchronized void ended(Processing processing) {
    remove(processing);
  }

  // Holds the lock, as all below that see what is open.
  private boolean remove(Processing processing) {
    boolean known = open.remove(processing.key(), processing);
    if (known) {
      removed(processing);
    }
    return known;
  }

  private void removed(Processing processing) {
    if (processing.kind().awaitsSettlement()) {
      unsettled--;
    }
  }

  private List<Processing> takeBefore(MessageKey key) {
    List<Processing> earlier = new ArrayList<>(0);
    open.values().removeIf(other -> other.key().isBefore(key) && earlier.add(other));
    earlier.forEach(this::removed);
    return earlier;
  }

  /** The application is done with a message. */
  void processed(SafeSpan span, long nanos, Settlement by) {
    Histogram known = durations.get(by);
    record(span, known != null ? known : makeDuration(by), nanos / NANOS_PER_SECOND);
  }

  private Histogram makeDuration(Settlement by) {
    return durations.computeIfAbsent(
        by, settlement -> metrics.processDuration().with(stream, consumer, settlement.label));
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
      open.values()
          .removeIf(processing -> processing.touchedNanos() - nanos < 0 && expired.add(processing));
      expired.forEach(this::removed);
      active = !open.isEmpty() || heardNanos - nanos >= 0;
      if (active) {
        if (ackPending != null) {
          showUnsettled();
        }
      } else {
        retired = true;
        release(metrics.pending(), pending);
        release(metrics.ackPending(), ackPending);
      }
    }
    expired.forEach(Processing::abandoned);
    return active;
  }

  private void showPending(long messages) {
    Gauge gauge = pending;
    if (gauge == null) {
      gauge = metrics.pending().hold(stream, consumer);
      pending = gauge;
    }
    gauge.set((double) messages);
  }

  private void showUnsettled() {
    Gauge gauge = ackPending;
    if (gauge == null) {
      gauge = metrics.ackPending().hold(stream, consumer);
      ackPending = gauge;
    }
    gauge.set(unsettled);
  }

  private static void release(MetricFamily<Gauge> family, @Nullable Gauge held) {
    if (held != null) {
      family.release(held);
    }
  }

  private static void abandon(@Nullable Processing processing) {
    if (processing != null) {
      processing.abandoned();
    }
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
