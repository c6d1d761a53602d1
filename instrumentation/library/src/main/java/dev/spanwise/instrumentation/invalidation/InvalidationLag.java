package dev.spanwise.instrumentation.invalidation;

import dev.spanwise.instrumentation.telemetry.Histogram;
import dev.spanwise.instrumentation.telemetry.MetricFamily;
import dev.spanwise.instrumentation.telemetry.SpanwiseMetrics;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How long invalidations take. A leg one of whose ends is not known is left out. */
final class InvalidationLag {
  private static final double NANOS_PER_SECOND = 1e9;

  private final MetricFamily<Histogram> lag;

  InvalidationLag(Telemetry telemetry) {
    lag = telemetry.histogram(SpanwiseMetrics.SPANWISE_INVALIDATION_LAG);
  }

  void record(String destination, String leg, @Nullable Instant from, @Nullable Instant to) {
    if (from != null && to != null) {
      Duration took = Duration.between(from, to);
      // Not toNanos(): the times are a stranger's and may lie more than 292 years apart.
      lag.with(destination, leg).record(took.getSeconds() + took.getNano() / NANOS_PER_SECOND);
    }
  }
}
