package dev.spanwise.instrumentation.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.api.metrics.ObservableDoubleGauge;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Meters of OpenTelemetry's metrics API. */
final class OpenTelemetryMeters implements Meters {
  private static final String SCOPE = "dev.spanwise";

  private final Meter meter;
  private final TelemetryFailures failures;

  OpenTelemetryMeters(OpenTelemetry openTelemetry, TelemetryFailures failures) {
    Meter named = MeterProvider.noop().get(SCOPE);
    try {
      named = openTelemetry.getMeter(SCOPE);
    } catch (Throwable e) {
      failures.report("all metrics", e);
    }
    this.meter = named;
    this.failures = failures;
  }

  @Override
  public Histogram histogram(Metric metric, List<String> labels) {
    try {
      DoubleHistogram histogram =
          meter
              .histogramBuilder(metric.name())
              .setDescription(metric.description())
              .setUnit(metric.unit())
              .setExplicitBucketBoundariesAdvice(metric.buckets())
              .build();
      Attributes attributes = attributes(metric, labels);
      return value -> {
        try {
          histogram.record(Math.max(0, value), attributes);
        } catch (Throwable e) {
          failures.report("a value of a histogram", e);
        }
      };
    } catch (Throwable e) {
      failures.report("the metric " + metric.name(), e);
      return value -> {};
    }
  }

  @Override
  public Counter counter(Metric metric, List<String> labels) {
    try {
      LongCounter counter =
          meter
              .counterBuilder(metric.name())
              .setDescription(metric.description())
              .setUnit(metric.unit())
              .build();
      Attributes attributes = attributes(metric, labels);
      return amount -> {
        try {
          counter.add(amount, attributes);
        } catch (Throwable e) {
          failures.report("a count", e);
        }
      };
    } catch (Throwable e) {
      failures.report("the metric " + metric.name(), e);
      return amount -> {};
    }
  }

  @Override
  public Gauge gauge(Metric metric, List<String> labels) {
    try {
      GaugeValue value = new GaugeValue();
      Attributes attributes = attributes(metric, labels);
      // Observed, not set: a series can be taken back so alone.
      value.callback =
          meter
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
    } catch (Throwable e) {
      failures.report("the metric " + metric.name(), e);
      return NO_GAUGE;
    }
  }

  private final class GaugeValue implements Gauge {
    private volatile double current = Double.NaN;
    private @Nullable ObservableDoubleGauge callback;

    @Override
    public void set(double value) {
      current = value;
    }

    @Override
    public void close() {
      try {
        current = Double.NaN;
        if (callback != null) {
          callback.close();
        }
      } catch (Throwable e) {
        failures.report("the end of a gauge", e);
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
