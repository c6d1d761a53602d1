package dev.spanwise.instrumentation.telemetry;

import java.util.List;

/** Makes the time series of a metric; each is one that does nothing where the registry failed. */
interface Meters {
  Histogram histogram(Metric metric, List<String> labels);

  Counter counter(Metric metric, List<String> labels);

  Gauge gauge(Metric metric, List<String> labels);

  /** A gauge that goes nowhere. */
  Gauge NO_GAUGE =
      new Gauge() {
        @Override
        public void set(double value) {}

        @Override
        public void close() {}
      };
}
