package dev.spanwise.analyzer.server;

import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.workload.Workload;
import dev.spanwise.analyzer.workload.WorkloadBuilder;
import java.time.Duration;

/**
 * The workload of the recent past. Two builders see every span and start afresh by turns; the older
 * one answers, so that the answer covers between one and two periods and nothing has to be taken
 * out again. Thread-safe.
 */
final class SlidingWorkload {

  private final Duration slowerThan;
  private WorkloadBuilder older;
  private WorkloadBuilder newer;

  SlidingWorkload(Duration slowerThan) {
    this.slowerThan = slowerThan;
    this.older = new WorkloadBuilder(slowerThan);
    this.newer = new WorkloadBuilder(slowerThan);
  }

  synchronized void add(Span span) {
    older.add(span);
    newer.add(span);
  }

  /** What has been seen, traces that may still grow left out. */
  synchronized Workload current() {
    older.groupIdleTraces();
    newer.groupIdleTraces();
    return older.build();
  }

  /** Forgets what is older than one period: to be called once in each. */
  synchronized void startPeriod() {
    older = newer;
    newer = new WorkloadBuilder(slowerThan);
  }
}
