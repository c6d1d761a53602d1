package dev.spanwise.instrumentation.freshness;

import dev.spanwise.instrumentation.telemetry.Histogram;
import dev.spanwise.instrumentation.telemetry.MetricFamily;
import dev.spanwise.instrumentation.telemetry.PeriodicTask;
import dev.spanwise.instrumentation.telemetry.SpanwiseMetrics;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Measures how long a write takes until it is seen, leg by leg, in {@code
 * spanwise.freshness.duration}. A {@link Probe} is written like any other row and passed along;
 * each process says which leg ended there, and passes on the probe that it gets back:
 *
 * <pre>{@code
 * Probe captured = freshness.reached(probe.committedAt(sourceTime), Leg.CAPTURE);
 * publish(captured.toString());
 * }</pre>
 *
 * <p>{@link Leg#VISIBLE} ends the way: it also records the label {@code total}, from the commit. A
 * leg is told where it ends, so the clocks of the processes must agree; a negative time counts as
 * 0.
 *
 * <p>Nothing is kept of a probe under way, and of those that became visible the last 1,000 ids.
 * That none arrives is what a {@link FreshnessWatch} shows.
 *
 * <p>Safe for use by several threads.
 */
public final class Freshness {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int REMEMBERED_IDS = 1_000;

  private final Telemetry telemetry;
  private final MetricFamily<Histogram> duration;
  private final Clock clock;
  private final RecentIds visible = new RecentIds(REMEMBERED_IDS);

  Freshness(Telemetry telemetry, Clock clock) {
    this.telemetry = telemetry;
    this.duration = telemetry.histogram(SpanwiseMetrics.SPANWISE_FRESHNESS_DURATION);
    this.clock = clock;
  }

  /** By the system's clock. */
  public static Freshness create(Telemetry telemetry) {
    return new Freshness(telemetry, Clock.systemUTC());
  }

  /** A new probe, to be written and committed at once. */
  public Probe begin() {
    Instant now = clock.instant();
    return new Probe(UUID.randomUUID().toString(), now, now);
  }

  /**
   * Begins a probe again and again, on a daemon thread.
   *
   * @param write writes it and commits; a failure is reported and the next probe comes in time
   * @return ends it
   */
  public PeriodicTask beginEvery(Duration pause, ProbeWriter write) {
    return PeriodicTask.start(
        "spanwise-freshness", pause, telemetry.failures(), () -> write.write(begin()));
  }

  /**
   * Records that a leg ended now. Of several reads that show the same probe only the first counts
   * for {@link Leg#VISIBLE}.
   *
   * @return the probe to pass on
   */
  public Probe reached(Probe probe, Leg leg) {
    Instant now = clock.instant();
    if (leg != Leg.VISIBLE) {
      record(leg.label(), probe.reached(), now);
    } else if (visible.add(probe.id())) {
      record(leg.label(), probe.reached(), now);
      record("total", probe.committed(), now);
    }
    return new Probe(probe.id(), probe.committed(), now);
  }

  private void record(String leg, Instant from, Instant to) {
    Duration took = Duration.between(from, to);
    duration.with(leg).record(took.getSeconds() + took.getNano() / NANOS_PER_SECOND);
  }

  /** Writes a probe where the writes to be followed go. */
  @FunctionalInterface
  public interface ProbeWriter {
    void write(Probe probe) throws Exception;
  }
}
