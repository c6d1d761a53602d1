package dev.spanwise.analyzer.link;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Spans that may overlap, to be asked for those of a time. For one thread. */
final class Timeline {

  private final List<Candidate> byStart = new ArrayList<>();

  /** At each place the latest end of the spans up to it. */
  private long[] latestEnds = new long[0];

  void add(Candidate candidate) {
    byStart.add(candidate);
  }

  /** To be called once, after the last span was added. */
  void order() {
    byStart.sort(Comparator.comparingLong(candidate -> candidate.span().startNanos()));
    latestEnds = new long[byStart.size()];
    long latestEnd = Long.MIN_VALUE;
    for (int i = 0; i < latestEnds.length; i++) {
      latestEnd = Math.max(latestEnd, byStart.get(i).span().endNanos());
      latestEnds[i] = latestEnd;
    }
  }

  /** Whether a span may overlap a time; seldom says so of one that none does. */
  boolean mayHoldAny(long fromNanos, long toNanos) {
    int first = firstEndingFrom(fromNanos);
    return first < latestEnds.length && byStart.get(first).span().startNanos() <= toNanos;
  }

  /** Hands over the spans that overlap a time. */
  void overlapping(long fromNanos, long toNanos, Consumer<Candidate> receiver) {
    for (int i = firstEndingFrom(fromNanos); i < latestEnds.length; i++) {
      Candidate candidate = byStart.get(i);
      if (candidate.span().startNanos() > toNanos) {
        return;
      }
      if (candidate.span().endNanos() >= fromNanos) {
        receiver.accept(candidate);
      }
    }
  }

  private int firstEndingFrom(long nanos) {
    int low = 0;
    int high = latestEnds.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (latestEnds[middle] < nanos) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
