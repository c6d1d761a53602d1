package dev.spanwise.telemetry;

/** What a metric's number is. */
public enum MetricKind {
  HISTOGRAM,
  COUNTER,
  GAUGE,
  /** A gauge that is always 1 and says what it has to say in its labels. */
  INFO
}
