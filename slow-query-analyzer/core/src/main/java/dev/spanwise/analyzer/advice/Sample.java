package dev.spanwise.analyzer.advice;

import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.Plan;
import org.jspecify.annotations.Nullable;

/**
 * One execution that stands for a statement of the workload.
 *
 * @param fingerprint the statement's fingerprint
 * @param plan the plan of that execution
 */
public record Sample(long fingerprint, Plan plan) {

  /** The statement to plan again; null where the plan does not carry its text. */
  static @Nullable ExecutedStatement statement(Plan plan) {
    return plan.queryText() == null
        ? null
        : new ExecutedStatement(plan.queryText(), plan.parameters());
  }

  boolean reads(RelationName relation) {
    return plan.nodes().anyMatch(node -> relation.name().equals(node.target().relation()));
  }
}
