package dev.spanwise.instrumentation.jetstream;

import dev.spanwise.instrumentation.telemetry.SafeSpan;
import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The processing of one delivery of a message, until it is settled and no handler runs for it any
 * more. Its span ends once: where nobody settles the message, at its redelivery or at a bound, with
 * the time at which the application was last seen with it. Safe for use by several threads; never
 * throws.
 */
final class Processing {
  /** The {@code error.type} of a message that the application never wants to see again. */
  private static final String TERMINATED = "terminated";

  private final SafeSpan span;
  private final ConsumerTelemetry consumer;
  private final MessageKey key;
  private final ConsumerKind kind;
  private final long startedNanos;

  /** Since the start: how long it was in progress when that was last said. */
  private volatile long inProgressNanos;

  private volatile @Nullable ExpiringContext current;

  // Guarded by this.
  private Settlement settlement = Settlement.NONE;
  private boolean running;
  private boolean givenUp;
  private boolean failed;
  private boolean ended;
  private long leftNanos;
  private @Nullable Instant left;

  /**
   * Begins.
   *
   * @param startedNanos by {@link System#nanoTime}
   */
  Processing(
      SafeSpan span,
      ConsumerTelemetry consumer,
      MessageKey key,
      ConsumerKind kind,
      long startedNanos) {
    this.span = span;
    this.consumer = consumer;
    this.key = key;
    this.kind = kind;
    this.startedNanos = startedNanos;
  }

  SafeSpan span() {
    return span;
  }

  MessageKey key() {
    return key;
  }

  ConsumerKind kind() {
    return kind;
  }

  /** When it began or was last said to be in progress, by {@link System#nanoTime}. */
  long touchedNanos() {
    return startedNanos + inProgressNanos;
  }

  long startedNanos() {
    return startedNanos;
  }

  synchronized boolean hasEnded() {
    return ended;
  }

  /** The span is current on a thread by this context, which ends with it. */
  void currentBy(ExpiringContext context) {
    current = context;
  }

  /** A handler runs until {@link #left}. */
  synchronized void entered() {
    running = true;
  }

  /** The handler returned, or the loop went on. */
  void left() {
    synchronized (this) {
      running = false;
      if (ended) {
        return;
      }
      if (settlement == Settlement.NONE && !failed && !givenUp && kind.awaitsSettlement()) {
        leftNanos = System.nanoTime();
        left = Instant.now();
        return;
      }
      ended = true;
    }
    if (!kind.awaitsSettlement()) {
      consumer.ended(this);
    }
    endSpan(System.nanoTime(), null);
  }

  /**
   * Whether another message shows that the application is done with this one, which it need not
   * settle: the same thread takes them for the same consumer, one after the other.
   */
  boolean isDoneBefore(Processing next) {
    return !kind.awaitsSettlement() && consumer == next.consumer;
  }

  void inProgress() {
    inProgressNanos = System.nanoTime() - startedNanos;
  }

  /** The application settled the message; its first word counts. */
  void settled(Settlement by) {
    consumer.settled(this, by);
    settledWithAnother(by);
  }

  /** Likewise, by settling a later message of a consumer whose acknowledgements are cumulative. */
  void settledWithAnother(Settlement by) {
    synchronized (this) {
      if (ended || settlement != Settlement.NONE) {
        return;
      }
      settlement = by;
      ended = !running;
      if (!ended) {
        return;
      }
    }
    endSpan(System.nanoTime(), null);
  }

  /**
   * The application failed with the message: recorded once, whatever fails after it, and not where
   * it was stopped.
   */
  void failed(Throwable error) {
    synchronized (this) {
      if (failed || ended) {
        return;
      }
      failed = true;
    }
    if (!JetStreamErrors.isCancellation(error)) {
      span.recordError(error);
    }
  }

  /** Nobody is expected to settle it any more; a handler that still runs is waited for. */
  void abandoned() {
    long nanos;
    Instant time;
    synchronized (this) {
      givenUp = true;
      if (ended || running) {
        return;
      }
      ended = true;
      time = left;
      nanos = time == null ? System.nanoTime() : leftNanos;
    }
    endSpan(nanos, time);
    ExpiringContext context = current;
    if (context != null) {
      context.abandon();
    }
  }

  // Nothing that is read here changes after the end.
  private void endSpan(long nanos, @Nullable Instant time) {
    Settlement by = settlement;
    if (by == Settlement.TERM && !failed) {
      span.recordError(TERMINATED);
    }
    span.setAttribute(SpanwiseAttributes.SPANWISE_JETSTREAM_SETTLEMENT, by.label);
    consumer.processed(span, nanos - startedNanos, by);
    if (time == null) {
      span.end();
    } else {
      span.end(time);
    }
    ExpiringContext context = current;
    if (context != null) {
      context.end();
    }
  }
}
