package dev.spanwise.analyzer.workload;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Running totals of calls within requests. */
final class RepetitionStatistics {

  private static final Comparator<RepeatedCalls> LEAST_TIME_FIRST =
      Comparator.comparingLong(RepeatedCalls::callNanos)
          .thenComparing(calls -> calls.traceId().toString());

  private final PriorityQueue<RepeatedCalls> worst = new PriorityQueue<>(LEAST_TIME_FIRST);
  private long requests;
  private long calls;
  private long callNanos;
  private long longestNanos;
  private long requestNanos;

  void add(RepeatedCalls repeated) {
    requests++;
    calls += repeated.calls();
    callNanos += repeated.callNanos();
    longestNanos += repeated.longestNanos();
    requestNanos += repeated.requestNanos();
    worst.add(repeated);
    if (worst.size() > WorkloadLimits.REPEATING_REQUESTS) {
      worst.remove();
    }
  }

  /** The totals; null where there was no such request. */
  @Nullable Repetition repetition() {
    if (requests == 0) {
      return null;
    }
    List<RepeatedCalls> worstFirst = new ArrayList<>(worst);
    worstFirst.sort(LEAST_TIME_FIRST.reversed());
    return new Repetition(requests, calls, callNanos, longestNanos, requestNanos, worstFirst);
  }
}
