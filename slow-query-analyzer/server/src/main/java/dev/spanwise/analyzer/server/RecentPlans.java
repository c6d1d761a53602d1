package dev.spanwise.analyzer.server;

import dev.spanwise.analyzer.execution.ExecutedPlan;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The latest executed plans: {@value #OF_A_STATEMENT} of a statement, {@value #CAPACITY} in all and
 * {@value #CAPACITY_BYTES} bytes at most, so that a busy statement does not push out the rare ones.
 * Most take some 20 kB. A statement loses its only plan after all that hold several. Thread-safe.
 */
final class RecentPlans {

  static final int CAPACITY = 2_000;
  static final long CAPACITY_BYTES = 40_000_000;
  static final int OF_A_STATEMENT = 50;

  /** A span takes longer than its execution (fetching, network), but not by more than this. */
  private static final int SPAN_TO_PLAN = 5;

  /** A plan whose log has no statement. */
  private static final long NO_STATEMENT = 0;

  private record Held(ExecutedPlan plan, long number, long bytes) {}

  private final long shortestNanos;
  private final Map<Long, Deque<Held>> byStatement = new HashMap<>();
  private int size;
  private long bytes;
  private long added;

  /** Statements of which no plan is held any more, and when the last one was logged. */
  private final Map<Long, Long> lostNanos = new LinkedHashMap<>();

  /**
   * @param slowerThan from which duration on a span is slow; plans that are shorter than a fifth
   *     cannot explain one and are passed over
   */
  RecentPlans(Duration slowerThan) {
    this.shortestNanos = shortestNanos(slowerThan);
  }

  /** From which duration on an execution can explain a slow span. */
  static long shortestNanos(Duration slowerThan) {
    return slowerThan.toNanos() / SPAN_TO_PLAN;
  }

  synchronized void add(ExecutedPlan plan) {
    if (plan.durationNanos() < shortestNanos) {
      return;
    }
    long statement = plan.statement() == null ? NO_STATEMENT : plan.statement().fingerprint();
    Deque<Held> same = byStatement.computeIfAbsent(statement, unseen -> new ArrayDeque<>());
    Held held = new Held(plan, added, plan.approximateBytes());
    same.addLast(held);
    lostNanos.remove(statement);
    added++;
    size++;
    bytes += held.bytes();
    if (same.size() > OF_A_STATEMENT) {
      dropOldest(statement, same);
    } else if (size > CAPACITY) {
      dropFrom(Comparator.comparingInt(Deque::size));
    }
    while (bytes > CAPACITY_BYTES) {
      dropFrom(
          Comparator.comparing((Deque<Held> each) -> each.size() > 1)
              .thenComparing(RecentPlans::bytes));
    }
  }

  private static long bytes(Deque<Held> plans) {
    return plans.stream().mapToLong(Held::bytes).sum();
  }

  /** Of those that hold equally much, the statement whose oldest plan is the oldest gives way. */
  private void dropFrom(Comparator<Deque<Held>> most) {
    byStatement.entrySet().stream()
        .max(
            Map.Entry.<Long, Deque<Held>>comparingByValue(most)
                .thenComparing(
                    each -> each.getValue().getFirst().number(), Comparator.reverseOrder()))
        .ifPresent(each -> dropOldest(each.getKey(), each.getValue()));
  }

  private void dropOldest(long statement, Deque<Held> plans) {
    Held oldest = plans.removeFirst();
    bytes -= oldest.bytes();
    size--;
    if (plans.isEmpty()) {
      byStatement.remove(statement);
      lostNanos.put(statement, oldest.plan().loggedNanos());
      if (lostNanos.size() > CAPACITY) {
        lostNanos.remove(lostNanos.keySet().iterator().next());
      }
    }
  }

  /**
   * How many statements had a plan logged since then, and have none left: others' plans took the
   * room.
   *
   * @param nanos since the epoch
   */
  synchronized long statementsLostSince(long nanos) {
    return lostNanos.values().stream().filter(logged -> logged >= nanos).count();
  }

  /** In the order in which they came. */
  synchronized List<ExecutedPlan> all() {
    List<Held> held = new ArrayList<>(size);
    byStatement.values().forEach(held::addAll);
    held.sort(Comparator.comparingLong(Held::number));
    return held.stream().map(Held::plan).toList();
  }
}
