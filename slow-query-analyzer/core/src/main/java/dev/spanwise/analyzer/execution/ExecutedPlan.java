package dev.spanwise.analyzer.execution;

import dev.spanwise.analyzer.plan.Plan;

/**
 * A plan that a server logged (auto_explain) for a statement that it had executed.
 *
 * @param durationNanos how long the executor ran; it ended when the entry was written
 */
public record ExecutedPlan(Logged logged, long durationNanos, Plan plan) implements ServerEvent {

  @Override
  public long approximateBytes() {
    return ServerEvent.super.approximateBytes() + plan.approximateBytes();
  }
}
