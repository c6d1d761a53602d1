package dev.spanwise.analyzer.server;

import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.execution.LockWait;
import dev.spanwise.analyzer.execution.ServerEvent;
import dev.spanwise.analyzer.execution.StatementDuration;
import dev.spanwise.analyzer.execution.TemporaryFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What servers logged of late: plans as {@link RecentPlans} keeps them, and of each other kind the
 * latest as {@link RecentEntries} keeps them, so that durations, of which a server may log
 * thousands a second, do not push out lock waits. Thread-safe.
 */
final class RecentEvents {

  private final RecentPlans plans;
  private final long shortestNanos;
  private final RecentEntries durations = new RecentEntries();
  private final RecentEntries lockWaits = new RecentEntries();
  private final RecentEntries temporaryFiles = new RecentEntries();

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
      lockWaits.add(event);
    } else if (event instanceof TemporaryFile) {
      temporaryFiles.add(event);
    } else if (event instanceof StatementDuration && event.durationNanos() >= shortestNanos) {
      durations.add(event);
    }
  }

  /** As {@link RecentPlans#statementsLostSince}. */
  synchronized long statementsLostSince(long nanos) {
    return plans.statementsLostSince(nanos);
  }

  /**
   * In the order in which they were logged; a plan before its duration, as a server writes them.
   */
  synchronized List<ServerEvent> all() {
    List<ServerEvent> all = new ArrayList<>(plans.all());
    all.addAll(durations.all());
    all.addAll(lockWaits.all());
    all.addAll(temporaryFiles.all());
    all.sort(Comparator.comparingLong(ServerEvent::loggedNanos));
    return all;
  }
}
