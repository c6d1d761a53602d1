package dev.spanwise.analyzer.link;

import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.trace.DatabaseCall;
import dev.spanwise.analyzer.workload.QueryKey;
import dev.spanwise.analyzer.workload.SlowSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Links by backend process id and time: a backend runs one statement at a time, so an execution
 * that one backend logged inside the interval of one span of that backend is that span's. The log
 * cuts times off to its precision; where that leaves a choice, or the same statement ran twice
 * inside one span, the link is ambiguous and says so.
 *
 * <p>Plans are offered one by one, so that a log of any size streams past; of each query only the
 * plans of the {@value #PLANS_OF_A_QUERY} slowest spans that have one are held. Not thread-safe.
 */
public final class PlanLinker {

  /** Plans held of one query, and in all: a plan takes some 20 kB. */
  static final int PLANS_OF_A_QUERY = 5;

  static final int PLANS = 2_000;

  private final Map<Integer, List<Candidate>> byPid = new HashMap<>();
  private final List<Candidate> candidates = new ArrayList<>();
  private final Map<QueryKey, PriorityQueue<Candidate>> holders = new HashMap<>();
  private long plans;
  private int held;

  /** Begins to link these spans. */
  public PlanLinker(Iterable<SlowSpan> slowSpans) {
    for (SlowSpan slow : slowSpans) {
      DatabaseCall call = slow.span().call();
      Candidate candidate = new Candidate(slow);
      candidates.add(candidate);
      if (call != null && call.backendPid() != null) {
        byPid.computeIfAbsent(call.backendPid(), pid -> new ArrayList<>()).add(candidate);
      }
    }
    byPid.values().forEach(PlanLinker::order);
  }

  /** Takes one executed plan. */
  public void offer(ExecutedPlan plan) {
    plans++;
    List<Candidate> sameBackend = byPid.get(plan.backendPid());
    if (sameBackend == null) {
      return;
    }
    List<Candidate> containing = new ArrayList<>(2);
    for (int i = firstPossible(sameBackend, plan); i < sameBackend.size(); i++) {
      Candidate candidate = sameBackend.get(i);
      if (candidate.startNanos()
          > plan.loggedNanos() + plan.precisionNanos() + Candidate.SLACK_NANOS) {
        break;
      }
      if (candidate.mayContain(plan)) {
        containing.add(candidate);
      }
    }
    List<Candidate> matching = mostAlike(containing, plan);
    for (Candidate candidate : matching) {
      candidate.take(plan, matching.size() > 1);
      hold(candidate);
    }
  }

  /**
   * Keeps within bounds what plans are held: those of a query's slowest spans that have one stay.
   */
  private void hold(Candidate candidate) {
    PriorityQueue<Candidate> holding =
        holders.computeIfAbsent(
            candidate.query(),
            query -> new PriorityQueue<>(Comparator.comparingLong(Candidate::durationNanos)));
    held += (candidate.holdsPlan() ? 1 : 0) - (holding.remove(candidate) ? 1 : 0);
    if (candidate.holdsPlan()) {
      holding.add(candidate);
      boolean tooMany = holding.size() > PLANS_OF_A_QUERY || (held > PLANS && holding.size() > 1);
      if (tooMany) {
        holding.remove().dropPlan();
        held--;
      }
    }
  }

  /** The links between all that was offered from a log. */
  public Links links() {
    List<Link> links = new ArrayList<>();
    long unlinked = 0;
    for (Candidate candidate : candidates) {
      Link link = candidate.link();
      if (link != null) {
        links.add(link);
      } else {
        unlinked += candidate.isSlow() ? 1 : 0;
      }
    }
    return new Links(links, unlinked, plans, true);
  }

  private static void order(List<Candidate> sameBackend) {
    sameBackend.sort(Comparator.comparingLong(Candidate::startNanos));
    long latestEnd = Long.MIN_VALUE;
    for (Candidate candidate : sameBackend) {
      candidate.follows(latestEnd);
      latestEnd = candidate.latestEndNanos();
    }
  }

  /** Index of the first span that may still be running when the plan starts. */
  private static int firstPossible(List<Candidate> byStart, ExecutedPlan plan) {
    int low = 0;
    int high = byStart.size();
    long start = plan.loggedNanos() - plan.durationNanos() - Candidate.SLACK_NANOS;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (byStart.get(middle).latestEndNanos() < start) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Of several spans that may contain the plan, those that ran its statement, if any did. */
  private static List<Candidate> mostAlike(List<Candidate> containing, ExecutedPlan plan) {
    List<Candidate> same =
        containing.stream().filter(candidate -> candidate.runs(plan.statement())).toList();
    return same.isEmpty() ? containing : same;
  }
}
