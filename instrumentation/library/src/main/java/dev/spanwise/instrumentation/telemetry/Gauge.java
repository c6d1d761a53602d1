package dev.spanwise.instrumentation.telemetry;

/**
 * One time series whose last value stands until it is set again or ended by {@link
 * MetricFamily#remove}. Never throws; safe for use by several threads.
 */
public interface Gauge {
  /**
   * Sets the value.
   *
   * @param value in the metric's unit; {@link Double#NaN} where it is not known
   */
  void set(double value);

  /** Ends the series: what is no longer watched shall not look as if it stood still. */
  void close();
}
