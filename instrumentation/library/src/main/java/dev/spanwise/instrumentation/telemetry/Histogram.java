package dev.spanwise.instrumentation.telemetry;

/** One time series of a histogram. Never throws; safe for use by several threads. */
@FunctionalInterface
public interface Histogram {
  /**
   * Records a value. Call it while the span that it belongs to is current: that is where an
   * exemplar comes from.
   *
   * @param value in the metric's unit; negative values (two clocks that differ) count as 0
   */
  void record(double value);
}
