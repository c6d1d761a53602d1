package dev.spanwise.instrumentation.freshness;

import dev.spanwise.instrumentation.telemetry.Gauge;
import dev.spanwise.instrumentation.telemetry.MetricFamily;
import dev.spanwise.instrumentation.telemetry.PeriodicTask;
import dev.spanwise.instrumentation.telemetry.SpanwiseMetrics;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Shows in {@code spanwise.freshness.age} how long ago the newest probe was committed that has been
 * seen. It grows while none arrives, wherever on their way probes are lost, and takes no memory for
 * those that never come. Until the first is seen it counts from the watch's own start, which is no
 * more than the true age.
 *
 * <p>Safe for use by several threads.
 */
public final class FreshnessWatch implements AutoCloseable {
  private static final double NANOS_PER_SECOND = 1e9;

  private final MetricFamily<Gauge> age;
  private final Clock clock;
  private final PeriodicTask task;
  private Instant newest;
  private boolean arrived;
  private boolean closed;

  private FreshnessWatch(Telemetry telemetry, Duration interval, Clock clock) {
    this.age = telemetry.gauge(SpanwiseMetrics.SPANWISE_FRESHNESS_AGE);
    this.clock = clock;
    this.newest = clock.instant();
    this.task =
        PeriodicTask.start("spanwise-freshness-watch", interval, telemetry.failures(), this::show);
  }

  /**
   * Starts to watch, in the process where probes become visible.
   *
   * @param interval how often the age is computed anew
   */
  public static FreshnessWatch start(Telemetry telemetry, Duration interval) {
    return new FreshnessWatch(telemetry, interval, Clock.systemUTC());
  }

  /**
   * A read has shown this probe; an older one than was seen before changes nothing. One from the
   * future counts as committed now, or it would hide for as long that no other arrives.
   */
  public void seen(Probe probe) {
    synchronized (this) {
      Instant now = clock.instant();
      Instant committed = probe.committed().isAfter(now) ? now : probe.committed();
      if (!arrived || committed.isAfter(newest)) {
        arrived = true;
        newest = committed;
      }
    }
    show();
  }

  private synchronized void show() {
    if (!closed) {
      Duration since = Duration.between(newest, clock.instant());
      double seconds = since.getSeconds() + since.getNano() / NANOS_PER_SECOND;
      age.with().set(Math.max(0, seconds));
    }
  }

  /** Ends the watch; the gauge then shows nothing. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    // Not under the lock: a run that is waited for needs it.
    task.close();
    age.remove();
  }
}
