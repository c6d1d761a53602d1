package dev.spanwise.analyzer.rule;

/** How much a cause costs, worst first; see {@link Thresholds} for the bounds. */
public enum Severity {
  CRITICAL,
  HIGH,
  MEDIUM,
  LOW,
  INFO;

  /** The more severe of the two. */
  Severity orWorse(Severity other) {
    return compareTo(other) <= 0 ? this : other;
  }

  /**
   * The severity of a cause that costs {@code lostMs} on each call or request that it slows down.
   */
  static Severity of(double lostMs) {
    if (lostMs >= Thresholds.CRITICAL_LOST_MS) {
      return CRITICAL;
    }
    if (lostMs >= Thresholds.HIGH_LOST_MS) {
      return HIGH;
    }
    return lostMs >= Thresholds.MEDIUM_LOST_MS ? MEDIUM : LOW;
  }

  public boolean atLeast(Severity other) {
    return compareTo(other) <= 0;
  }
}
