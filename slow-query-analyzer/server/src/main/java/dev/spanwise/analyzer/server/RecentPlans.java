package dev.spanwise.analyzer.server;

import dev.spanwise.analyzer.plan.ExecutedPlan;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest executed plans, at most {@value #CAPACITY}: some 20 kB each. Thread-safe. */
final class RecentPlans {

  static final int CAPACITY = 2_000;

  private final Deque<ExecutedPlan> latest = new ArrayDeque<>();

  synchronized void add(ExecutedPlan plan) {
    if (latest.size() == CAPACITY) {
      latest.removeFirst();
    }
    latest.addLast(plan);
  }

  synchronized List<ExecutedPlan> all() {
    return List.copyOf(latest);
  }
}
