package dev.spanwise.instrumentation.telemetry;

import java.util.List;

/**
 * Meters whose registry may throw at their making, at each value and at their end: what it throws
 * is reported. A negative value of a histogram counts as 0.
 */
final class GuardedMeters implements Meters {
  private static final Gauge NO_GAUGE =
      new Gauge() {
        @Override
        public void set(double value) {}

        @Override
        public void close() {}
      };

  private final Meters meters;
  private final TelemetryFailures failures;

  GuardedMeters(Meters meters, TelemetryFailures failures) {
    this.meters = meters;
    this.failures = failures;
  }

  @Override
  public Histogram histogram(Metric metric, List<String> labels) {
    Histogram histogram = made(metric, () -> meters.histogram(metric, labels), value -> {});
    return value -> {
      try {
        histogram.record(Math.max(0, value));
      } catch (Throwable e) {
        failures.report(Loss.METRIC_VALUE, metric.name(), e);
      }
    };
  }

  @Override
  public Counter counter(Metric metric, List<String> labels) {
    Counter counter = made(metric, () -> meters.counter(metric, labels), amount -> {});
    return amount -> {
      try {
        counter.add(amount);
      } catch (Throwable e) {
        failures.report(Loss.METRIC_VALUE, metric.name(), e);
      }
    };
  }

  @Override
  public Gauge gauge(Metric metric, List<String> labels) {
    Gauge gauge = made(metric, () -> meters.gauge(metric, labels), NO_GAUGE);
    return new Gauge() {
      @Override
      public void set(double value) {
        try {
          gauge.set(value);
        } catch (Throwable e) {
          failures.report(Loss.METRIC_VALUE, metric.name(), e);
        }
      }

      @Override
      public void close() {
        try {
          gauge.close();
        } catch (Throwable e) {
          failures.report(Loss.METRIC_END, metric.name(), e);
        }
      }
    };
  }

  private interface Maker<S> {
    S make();
  }

  private <S> S made(Metric metric, Maker<S> maker, S inItsPlace) {
    try {
      return maker.make();
    } catch (Throwable e) {
      failures.report(Loss.METRIC, metric.name(), e);
      return inItsPlace;
    }
  }
}
