package dev.spanwise.analyzer.workload;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.DDSketches;
import dev.spanwise.analyzer.trace.DatabaseSystem;
import dev.spanwise.analyzer.trace.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Running statistics of one query. */
final class QueryStatistics {

  private static final double NANOS_PER_MS = 1e6;

  /**
   * Relative error of a quantile, and the buckets that bound a sketch: they span nine orders of
   * magnitude, a microsecond to a quarter of an hour, before the lowest collapse. Masson and
   * others, "DDSketch: a fast and fully-mergeable quantile sketch with relative-error guarantees",
   * VLDB 2019.
   */
  private static final double RELATIVE_ERROR = 0.01;

  private static final int BUCKETS = 1_024;

  private static final Comparator<SlowSpan> FASTEST_FIRST =
      Comparator.comparingLong(slow -> slow.span().durationNanos());

  private final DatabaseSystem system;
  private final String text;
  private final DDSketch durations =
      DDSketches.logarithmicCollapsingLowestDense(RELATIVE_ERROR, BUCKETS);
  private final PriorityQueue<SlowSpan> slowest = new PriorityQueue<>(FASTEST_FIRST);
  private final PriorityQueue<SlowSpan> repeatedSpans = new PriorityQueue<>(FASTEST_FIRST);
  private final RepetitionStatistics repetition = new RepetitionStatistics();
  private final RepetitionStatistics identical = new RepetitionStatistics();
  private long calls;
  private long failures;
  private long totalNanos;
  private long maxNanos;
  private long slowCalls;
  private long slowNanos;
  private long slowedRequests;
  private long slowedCalls;
  private long slowedCallNanos;
  private long slowedRequestNanos;

  QueryStatistics(DatabaseSystem system, String text) {
    this.system = system;
    this.text = text;
  }

  void add(Span span) {
    long nanos = span.durationNanos();
    calls++;
    failures += span.failed() ? 1 : 0;
    totalNanos += nanos;
    maxNanos = Math.max(maxNanos, nanos);
    durations.accept(nanos / NANOS_PER_MS);
  }

  /**
   * Keeps a slow span if it is among the slowest of its query; says whether one more is held than
   * before.
   */
  boolean keepSlow(SlowSpan slow) {
    if (slowest.size() >= WorkloadLimits.SLOW_SPANS_OF_A_QUERY) {
      replaceSlow(slow);
      return false;
    }
    count(slow);
    slowest.add(slow);
    return true;
  }

  /** Keeps a slow span in the place of the fastest of those held, if it is slower. */
  void replaceSlow(SlowSpan slow) {
    count(slow);
    SlowSpan fastest = slowest.peek();
    if (fastest != null && FASTEST_FIRST.compare(slow, fastest) > 0) {
      slowest.remove();
      slowest.add(slow);
    }
  }

  boolean holdsFewSlow() {
    return slowest.size() < WorkloadLimits.SLOW_SPANS_OF_ANY_QUERY;
  }

  private void count(SlowSpan slow) {
    slowCalls++;
    slowNanos += slow.span().durationNanos();
  }

  /**
   * Takes a request that runs the statement again and again.
   *
   * @param identical whether with the same values; otherwise, as far as is known, with others
   */
  void addRepeated(RepeatedCalls repeated, boolean identical) {
    (identical ? this.identical : repetition).add(repeated);
  }

  /** Keeps a quick call of a repetition if it is among the longest. */
  void keepRepeated(SlowSpan quick) {
    repeatedSpans.add(quick);
    if (repeatedSpans.size() > WorkloadLimits.REPEATED_SPANS_OF_A_QUERY) {
      repeatedSpans.remove();
    }
  }

  /** Counts a request in which the calls together took the threshold or more. */
  void addSlowed(RepeatedCalls slowed) {
    slowedRequests++;
    slowedCalls += slowed.calls();
    slowedCallNanos += slowed.callNanos();
    slowedRequestNanos += slowed.requestNanos();
  }

  Query query(QueryKey key) {
    return new Query(
        key,
        system,
        text,
        calls,
        failures,
        totalNanos / NANOS_PER_MS,
        quantileMs(0.5),
        quantileMs(0.95),
        quantileMs(0.99),
        maxNanos / NANOS_PER_MS,
        slowCalls,
        slowNanos / NANOS_PER_MS,
        slowestFirst(slowest),
        repetition.repetition(),
        identical.repetition(),
        slowestFirst(repeatedSpans),
        slowedRequests == 0
            ? null
            : new SlowedRequests(slowedRequests, slowedCalls, slowedCallNanos, slowedRequestNanos));
  }

  private static List<SlowSpan> slowestFirst(Collection<SlowSpan> spans) {
    List<SlowSpan> slowestFirst = new ArrayList<>(spans);
    slowestFirst.sort(FASTEST_FIRST.reversed());
    return slowestFirst;
  }

  /**
   * The value of the nearest rank: what at least that share of the calls did not exceed. The sketch
   * takes ranks from 0 to n - 1, and half a rank more keeps rounding from choosing the one before.
   */
  private double quantileMs(double quantile) {
    double rank = Math.ceil(quantile * calls) - 1;
    double ofSketch = calls == 1 ? 1 : Math.min(1, (rank + 0.5) / (calls - 1));
    return Math.min(durations.getValueAtQuantile(ofSketch), maxNanos / NANOS_PER_MS);
  }
}
