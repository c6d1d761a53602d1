package dev.spanwise.analyzer.link;

import dev.spanwise.analyzer.workload.QueryKey;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Bounds what plans are held: those of a query's slowest spans that have one stay. Most take some
 * 20 kB; where they are so large that all take more than {@value #BYTES} bytes, the query gives way
 * whose plans are the largest. For one thread.
 */
final class HeldPlans {

  /** Plans held of one query, and in all. */
  static final int OF_A_QUERY = 5;

  static final int IN_ALL = 2_000;

  static final long BYTES = 40_000_000;

  /** The plans of one query. */
  private static final class Holding {
    private final PriorityQueue<Candidate> fastestFirst =
        new PriorityQueue<>(Comparator.comparingLong(holder -> holder.span().durationNanos()));
    private long bytes;
  }

  private final Map<QueryKey, Holding> holdings = new HashMap<>();

  /** What each plan was counted with. */
  private final Map<Candidate, Long> counted = new HashMap<>();

  private long bytes;

  /** Takes note that a span may have got a plan. */
  void update(Candidate candidate) {
    Holding holding = holdings.computeIfAbsent(candidate.slow().query(), query -> new Holding());
    remove(candidate, holding);
    if (!candidate.holdsPlan()) {
      return;
    }
    holding.fastestFirst.add(candidate);
    counted.put(candidate, candidate.planBytes());
    count(holding, candidate.planBytes());
    int ofQuery = holding.fastestFirst.size();
    if (ofQuery > OF_A_QUERY || (counted.size() > IN_ALL && ofQuery > 1)) {
      dropFastest(holding);
    }
    while (bytes > BYTES) {
      holdings.values().stream()
          .max(Comparator.comparingLong(each -> each.bytes))
          .ifPresent(this::dropFastest);
    }
  }

  private void dropFastest(Holding holding) {
    Candidate fastest = holding.fastestFirst.element();
    remove(fastest, holding);
    fastest.dropPlan();
  }

  private void remove(Candidate candidate, Holding holding) {
    Long took = counted.remove(candidate);
    if (took != null) {
      holding.fastestFirst.remove(candidate);
      count(holding, -took);
    }
  }

  private void count(Holding holding, long more) {
    holding.bytes += more;
    bytes += more;
  }
}
