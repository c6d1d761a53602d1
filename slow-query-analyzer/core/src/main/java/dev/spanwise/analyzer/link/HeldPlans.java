package dev.spanwise.analyzer.link;

import dev.spanwise.analyzer.workload.QueryKey;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Bounds what plans are held: those of a query's slowest spans that have one stay. For one thread.
 */
final class HeldPlans {

  /** Plans held of one query, and in all: a plan takes some 20 kB. */
  static final int OF_A_QUERY = 5;

  static final int IN_ALL = 2_000;

  private final Map<QueryKey, PriorityQueue<Candidate>> holders = new HashMap<>();
  private int held;

  /** Takes note that a span may have got a plan. */
  void update(Candidate candidate) {
    PriorityQueue<Candidate> holding =
        holders.computeIfAbsent(
            candidate.slow().query(),
            query ->
                new PriorityQueue<>(
                    Comparator.comparingLong(holder -> holder.span().durationNanos())));
    held += (candidate.holdsPlan() ? 1 : 0) - (holding.remove(candidate) ? 1 : 0);
    if (candidate.holdsPlan()) {
      holding.add(candidate);
      boolean tooMany = holding.size() > OF_A_QUERY || (held > IN_ALL && holding.size() > 1);
      if (tooMany) {
        holding.remove().dropPlan();
        held--;
      }
    }
  }
}
