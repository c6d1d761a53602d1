package dev.spanwise.instrumentation.telemetry;

/** One time series that only grows. Never throws; safe for use by several threads. */
@FunctionalInterface
public interface Counter {
  /**
   * Adds to the count.
   *
   * @param amount 0 or more, in the metric's unit
   */
  void add(long amount);
}
