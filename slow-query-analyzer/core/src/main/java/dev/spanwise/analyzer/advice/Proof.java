package dev.spanwise.analyzer.advice;

import dev.spanwise.analyzer.plan.Plan;

/** Whether advice was proved. */
public sealed interface Proof {

  /**
   * A planner chose it.
   *
   * @param by how it was asked
   * @param before the plan without the change
   * @param after the plan with it
   */
  record Planned(WhatIfPlanner.Method by, Plan before, Plan after) implements Proof {}

  /**
   * A planner was asked, and gains from nothing that could have been advised.
   *
   * @param reason what it was asked, in words
   */
  record Refuted(String reason) implements Proof {}

  /**
   * Nobody proved it.
   *
   * @param reason why not, in words
   */
  record None(String reason) implements Proof {}
}
