package dev.spanwise.instrumentation.telemetry;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Meters of a Micrometer registry. */
final class MicrometerMeters implements Meters {
  private static final double NANOS_PER_SECOND = 1e9;

  private final MeterRegistry registry;

  MicrometerMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public Histogram histogram(Metric metric, List<String> labels) {
    return metric.unit().equals("s") ? timer(metric, labels) : summary(metric, labels);
  }

  private Histogram timer(Metric metric, List<String> labels) {
    Timer timer =
        Timer.builder(metric.name())
            .description(metric.description())
            .tags(tags(metric, labels))
            .serviceLevelObjectives(
                metric.buckets().stream()
                    .map(seconds -> Duration.ofNanos(Math.round(seconds * NANOS_PER_SECOND)))
                    .toArray(Duration[]::new))
            .register(registry);
    return seconds -> timer.record((long) (seconds * NANOS_PER_SECOND), TimeUnit.NANOSECONDS);
  }

  private Histogram summary(Metric metric, List<String> labels) {
    return DistributionSummary.builder(metric.name())
            .description(metric.description())
            .baseUnit(baseUnit(metric))
            .tags(tags(metric, labels))
            .serviceLevelObjectives(
                metric.buckets().stream().mapToDouble(Double::doubleValue).toArray())
            .register(registry)
        ::record;
  }

  @Override
  public Counter counter(Metric metric, List<String> labels) {
    io.micrometer.core.instrument.Counter counter =
        io.micrometer.core.instrument.Counter.builder(metric.name())
            .description(metric.description())
            .baseUnit(baseUnit(metric))
            .tags(tags(metric, labels))
            .register(registry);
    return amount -> counter.increment((double) amount);
  }

  @Override
  public Gauge gauge(Metric metric, List<String> labels) {
    GaugeValue value = new GaugeValue();
    value.meter =
        io.micrometer.core.instrument.Gauge.builder(metric.name(), value, held -> held.current)
            .description(metric.description())
            .baseUnit(baseUnit(metric))
            .tags(tags(metric, labels))
            .strongReference(true)
            .register(registry);
    return value;
  }

  private final class GaugeValue implements Gauge {
    private volatile double current = Double.NaN;
    private io.micrometer.core.instrument.@Nullable Gauge meter;

    @Override
    public void set(double value) {
      current = value;
    }

    @Override
    public void close() {
      if (meter != null) {
        registry.remove(meter);
      }
    }
  }

  private static List<Tag> tags(Metric metric, List<String> labels) {
    List<Tag> tags = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      tags.add(Tag.of(metric.labels().get(i).getKey(), labels.get(i)));
    }
    return tags;
  }

  /** As Micrometer names units; those in braces only annotate a count. */
  private static @Nullable String baseUnit(Metric metric) {
    return switch (metric.unit()) {
      case "s" -> "seconds";
      case "By" -> "bytes";
      default -> null;
    };
  }
}
