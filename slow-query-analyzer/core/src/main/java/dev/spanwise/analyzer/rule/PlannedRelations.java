package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.Set;

/**
 * What a plan shows of how much there was to plan.
 *
 * @param partitions children of the widest Append, those pruned at its start included
 * @param joined tables joined
 */
record PlannedRelations(double partitions, double joined) {

  private static final Set<NodeType> JOINS =
      Set.of(NodeType.NESTED_LOOP, NodeType.HASH_JOIN, NodeType.MERGE_JOIN);

  static PlannedRelations of(Plan plan) {
    double partitions =
        plan.nodes()
            .filter(node -> node.type() == NodeType.APPEND || node.type() == NodeType.MERGE_APPEND)
            .mapToDouble(PlannedRelations::partitions)
            .max()
            .orElse(0);
    double joins = plan.nodes().filter(node -> JOINS.contains(node.type())).count();
    return new PlannedRelations(partitions, joins + 1);
  }

  private static double partitions(PlanNode append) {
    Double removed = append.number("Subplans Removed");
    return PlanSubject.inputs(append).size() + (removed == null ? 0 : removed);
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
