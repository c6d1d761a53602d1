package dev.spanwise.analyzer.link;

import dev.spanwise.analyzer.execution.ServerEvent;
import dev.spanwise.analyzer.trace.Span;

/**
 * When what an entry tells of took place, by the spans' clock: its length is known, its end only to
 * the log's precision.
 */
record Window(long earliestEnd, long latestEnd, long durationNanos) {

  /** Rounding of both clocks, which are one on the same host. */
  static final long SLACK_NANOS = 1_000_000;

  /** A window of a log that is cut off to milliseconds. */
  private static final long FINE_NANOS = 5_000_000;

  static Window of(ServerEvent event, ServerClock clock) {
    long written = event.loggedNanos() - clock.aheadNanos();
    long slack = SLACK_NANOS + clock.uncertaintyNanos();
    return new Window(
        written - slack, written + event.precisionNanos() + slack, event.durationNanos());
  }

  /** The same, less precise. */
  Window widenedBy(long nanos) {
    return new Window(earliestEnd - nanos, latestEnd + nanos, durationNanos);
  }

  long earliestStart() {
    return earliestEnd - durationNanos;
  }

  long latestStart() {
    return latestEnd - durationNanos;
  }

  /** Whether it may have taken place within a span. */
  boolean mayLieIn(Span span) {
    return latestStart() >= span.startNanos()
        && earliestEnd <= span.endNanos()
        && durationNanos <= span.durationNanos() + SLACK_NANOS;
  }

  /** Whether it went on during a span, wherever in its window it lay. */
  boolean surelyOverlaps(Span span) {
    return earliestEnd > span.startNanos() && latestStart() < span.endNanos();
  }

  /**
   * Whether it ended during a span. Temporary files go at the end of a statement, where times that
   * are cut off reach beyond the span; what comes before it is another's.
   */
  boolean surelyEndsIn(Span span) {
    boolean fine = latestEnd - earliestEnd <= FINE_NANOS;
    return earliestEnd > span.startNanos() && (fine ? earliestEnd : latestEnd) <= span.endNanos();
  }

  /** Whether it began during a span and surely ended after it. */
  boolean surelyOutlasts(Span span) {
    return earliestStart() >= span.startNanos() - SLACK_NANOS
        && latestStart() < span.endNanos()
        && earliestEnd > span.endNanos();
  }

  /** Whether both went on at one time, wherever in their windows they lay. */
  boolean surelyOverlaps(Window other) {
    return latestStart() < other.earliestEnd && other.latestStart() < earliestEnd;
  }

  /** Whether the windows have a time in common. */
  boolean meets(Window other) {
    return earliestEnd <= other.latestEnd && other.earliestEnd <= latestEnd;
  }
}
