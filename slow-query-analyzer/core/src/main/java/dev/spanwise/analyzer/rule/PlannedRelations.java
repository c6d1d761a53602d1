package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanFacts;

/**
 * What a plan shows of how much there was to plan.
 *
 * @param partitions children of the widest Append, those pruned at its start included
 * @param joined tables joined
 */
record PlannedRelations(double partitions, double joined) {

  static PlannedRelations of(Plan plan) {
    return of(PlanFacts.of(plan));
  }

  static PlannedRelations of(PlanFacts facts) {
    return new PlannedRelations(facts.partitions(), facts.joined());
  }

  boolean manyPartitions() {
    return partitions >= Thresholds.PLANNED_RELATIONS;
  }

  boolean manyJoins() {
    return joined >= Thresholds.PLANNED_RELATIONS;
  }

  /** Whether there is so much that planning it takes long. */
  boolean many() {
    return manyPartitions() || manyJoins();
  }
}
