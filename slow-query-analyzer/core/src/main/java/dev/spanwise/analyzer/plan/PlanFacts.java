package dev.spanwise.analyzer.plan;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A few numbers of a plan, which stay where the plan itself cannot be held.
 *
 * @param writes whether its topmost node inserts, updates, deletes or merges
 * @param partitions children of the widest Append, those pruned at its start included
 * @param joined tables joined
 * @param buffers blocks that all of it touched; null without BUFFERS
 */
public record PlanFacts(
    boolean writes, double partitions, double joined, @Nullable Buffers buffers) {

  private static final Set<NodeType> APPENDS = Set.of(NodeType.APPEND, NodeType.MERGE_APPEND);

  private static final Set<NodeType> JOINS =
      Set.of(NodeType.NESTED_LOOP, NodeType.HASH_JOIN, NodeType.MERGE_JOIN);

  public static PlanFacts of(Plan plan) {
    double partitions =
        plan.nodes()
            .filter(node -> APPENDS.contains(node.type()))
            .mapToDouble(PlanFacts::partitions)
            .max()
            .orElse(0);
    double joins = plan.nodes().filter(node -> JOINS.contains(node.type())).count();
    PlanNode root = plan.root();
    return new PlanFacts(
        root.type() == NodeType.MODIFY_TABLE, partitions, joins + 1, root.buffers());
  }

  private static double partitions(PlanNode append) {
    Double removed = append.number("Subplans Removed");
    long children =
        append.children().stream().filter(child -> child.position().subplanName() == null).count();
    return children + (removed == null ? 0 : removed);
  }
}
