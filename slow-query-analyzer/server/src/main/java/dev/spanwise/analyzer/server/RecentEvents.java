package dev.spanwise.analyzer.server;

import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.execution.ServerEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What servers logged of late: plans as {@link RecentPlans} keeps them, and of all else the latest
 * {@value #CAPACITY}, some 200 bytes each. Thread-safe.
 */
final class RecentEvents {

  static final int CAPACITY = 20_000;

  private final RecentPlans plans;
  private final Deque<ServerEvent> others = new ArrayDeque<>();

  /**
   * @param slowerThan from which duration on a span is slow
   */
  RecentEvents(Duration slowerThan) {
    plans = new RecentPlans(slowerThan);
  }

  synchronized void add(ServerEvent event) {
    if (event instanceof ExecutedPlan plan) {
      plans.add(plan);
      return;
    }
    others.addLast(event);
    if (others.size() > CAPACITY) {
      others.removeFirst();
    }
  }

  /** The plans in the order in which they came, then all else in its own. */
  synchronized List<ServerEvent> all() {
    List<ServerEvent> all = new ArrayList<>(plans.all());
    all.addAll(others);
    return all;
  }
}
