package dev.spanwise.instrumentation.telemetry;

import java.util.List;

/** Makes the time series of a metric. Throws what its registry does, and so do they. */
interface Meters {
  Histogram histogram(Metric metric, List<String> labels);

  Counter counter(Metric metric, List<String> labels);

  Gauge gauge(Metric metric, List<String> labels);
}
