package dev.spanwise.instrumentation.replication;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What time it is by the primary's clock, also while the primary does not answer: its last answer
 * and the time since by a clock that does not jump. So the age of a heartbeat compares one clock
 * with itself; it comes out too small by at most the way of that answer.
 */
final class PrimaryClock {
  private static final double NANOS_PER_SECOND = 1e9;

  private final LongSupplier nanoTime;
  private @Nullable Double seconds;
  private long readAt;

  PrimaryClock(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  void read(double primarySeconds) {
    seconds = primarySeconds;
    readAt = nanoTime.getAsLong();
  }

  /** Seconds since the epoch; null until the primary has answered once. */
  @Nullable Double now() {
    return seconds == null ? null : seconds + (nanoTime.getAsLong() - readAt) / NANOS_PER_SECOND;
  }
}
