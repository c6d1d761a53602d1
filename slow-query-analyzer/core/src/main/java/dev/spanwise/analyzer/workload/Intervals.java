package dev.spanwise.analyzer.workload;

import dev.spanwise.analyzer.trace.Span;
import java.util.Comparator;
import java.util.List;

/** Time that spans cover. */
final class Intervals {

  private Intervals() {}

  /**
   * The length of the union of the spans' intervals, as far as it lies before {@code untilNanos}:
   * calls side by side cost their time once. Sorts the list by start.
   */
  static long covered(List<Span> spans, long untilNanos) {
    spans.sort(Comparator.comparingLong(Span::startNanos));
    long nanos = 0;
    long end = Long.MIN_VALUE;
    for (Span span : spans) {
      long spanEnd = Math.min(span.endNanos(), untilNanos);
      if (spanEnd > end && spanEnd > span.startNanos()) {
        nanos += spanEnd - Math.max(end, span.startNanos());
        end = spanEnd;
      }
    }
    return nanos;
  }
}
