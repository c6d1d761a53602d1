package dev.spanwise.analyzer.server;

import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.execution.LockWait;
import dev.spanwise.analyzer.execution.ServerEvent;
import dev.spanwise.analyzer.execution.StatementDuration;
import dev.spanwise.analyzer.execution.TemporaryFile;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * What servers logged of late: plans as {@link RecentPlans} keeps them, and of each other kind the
 * latest {@value #CAPACITY_OF_A_KIND}, some 200 bytes each, so that durations, of which a server
 * may log thousands a second, do not push out lock waits. Thread-safe.
 */
final class RecentEvents {

  static final int CAPACITY_OF_A_KIND = 20_000;

  private final RecentPlans plans;
  private final long shortestNanos;
  private final Deque<ServerEvent> durations = new ArrayDeque<>();
  private final Deque<ServerEvent> lockWaits = new ArrayDeque<>();
  private final Deque<ServerEvent> temporaryFiles = new ArrayDeque<>();

  /**
   * @param slowerThan from which duration on a span is slow
   */
  RecentEvents(Duration slowerThan) {
    plans = new RecentPlans(slowerThan);
    shortestNanos = RecentPlans.shortestNanos(slowerThan);
  }

  synchronized void add(ServerEvent event) {
    if (event instanceof ExecutedPlan plan) {
      plans.add(plan);
    } else if (event instanceof LockWait) {
      add(event, lockWaits);
    } else if (event instanceof TemporaryFile) {
      add(event, temporaryFiles);
    } else if (event instanceof StatementDuration && event.durationNanos() >= shortestNanos) {
      add(event, durations);
    }
  }

  private static void add(ServerEvent event, Deque<ServerEvent> kind) {
    kind.addLast(event);
    if (kind.size() > CAPACITY_OF_A_KIND) {
      kind.removeFirst();
    }
  }

  /**
   * In the order in which they were logged; a plan before its duration, as a server writes them.
   */
  synchronized List<ServerEvent> all() {
    List<ServerEvent> all = new ArrayList<>(plans.all());
    all.addAll(durations);
    all.addAll(lockWaits);
    all.addAll(temporaryFiles);
    all.sort(Comparator.comparingLong(ServerEvent::loggedNanos));
    return all;
  }
}
