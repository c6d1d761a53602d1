package dev.spanwise.analyzer.advice;

import dev.spanwise.analyzer.plan.Plan;
import java.util.Objects;

/**
 * The planner's answer.
 *
 * @param before the plan without the candidate
 * @param after the plan with it
 * @param used whether the plan scans the candidate
 * @param candidateBytes size of the candidate as built or estimated
 */
public record WhatIf(Plan before, Plan after, boolean used, long candidateBytes) {

  public WhatIf {
    if (before.totalCost() == null || after.totalCost() == null) {
      throw new IllegalArgumentException("a what-if compares costs: plans must have them");
    }
  }

  /** The planner's total cost without the candidate. */
  public double costBefore() {
    return Objects.requireNonNull(before.totalCost());
  }

  /** The planner's total cost with it. */
  public double costAfter() {
    return Objects.requireNonNull(after.totalCost());
  }
}
