package dev.spanwise.instrumentation.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleGauge;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Meters of OpenTelemetry's metrics API. */
final class OpenTelemetryMeters implements Meters {
  private static final String SCOPE = "dev.spanwise";

  private final OpenTelemetry openTelemetry;

  OpenTelemetryMeters(OpenTelemetry openTelemetry) {
    this.openTelemetry = openTelemetry;
  }

  private Meter meter() {
    return openTelemetry.getMeter(SCOPE);
  }

  @Override
  public Histogram histogram(Metric metric, List<String> labels) {
    DoubleHistogram histogram =
        meter()
            .histogramBuilder(metric.name())
            .setDescription(metric.description())
            .setUnit(metric.unit())
            .setExplicitBucketBoundariesAdvice(metric.buckets())
            .build();
    Attributes attributes = attributes(metric, labels);
    return value -> histogram.record(value, attributes);
  }

  @Override
  public Counter counter(Metric metric, List<String> labels) {
    LongCounter counter =
        meter()
            .counterBuilder(metric.name())
            .setDescription(metric.description())
            .setUnit(metric.unit())
            .build();
    Attributes attributes = attributes(metric, labels);
    return amount -> counter.add(amount, attributes);
  }

  @Override
  public Gauge gauge(Metric metric, List<String> labels) {
    GaugeValue value = new GaugeValue();
    Attributes attributes = attributes(metric, labels);
    // Observed, not set: a series can be taken back so alone.
    value.callback =
        meter()
            .gaugeBuilder(metric.name())
            .setDescription(metric.description())
            .setUnit(metric.unit())
            .buildWithCallback(
                measurement -> {
                  double current = value.current;
                  if (!Double.isNaN(current)) {
                    measurement.record(current, attributes);
                  }
                });
    return value;
  }

  private static final class GaugeValue implements Gauge {
    private volatile double current = Double.NaN;
    private @Nullable ObservableDoubleGauge callback;

    @Override
    public void set(double value) {
      current = value;
    }

    @Override
    public void close() {
      current = Double.NaN;
      if (callback != null) {
        callback.close();
      }
    }
  }

  private static Attributes attributes(Metric metric, List<String> labels) {
    AttributesBuilder attributes = Attributes.builder();
    for (int i = 0; i < labels.size(); i++) {
      attributes.put(metric.labels().get(i), labels.get(i));
    }
    return attributes.build();
  }
}
