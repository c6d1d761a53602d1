package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.Optional;
import java.util.Set;

/** A sort whose first rows a LIMIT lets out. */
final class LimitedSort {

  /** Nodes between LIMIT and its sort that leave the order alone. */
  private static final Set<NodeType> BETWEEN =
      Set.of(
          NodeType.LIMIT,
          NodeType.GATHER_MERGE,
          NodeType.RESULT,
          NodeType.SUBQUERY_SCAN,
          NodeType.LOCK_ROWS);

  /** Nodes that must see all their rows before the first comes out: no index can spare that. */
  private static final Set<NodeType> COMPUTES_ROWS =
      Set.of(
          NodeType.AGGREGATE,
          NodeType.GROUP,
          NodeType.WINDOW_AGG,
          NodeType.SET_OP,
          NodeType.UNIQUE,
          NodeType.FUNCTION_SCAN,
          NodeType.CTE_SCAN,
          NodeType.VALUES_SCAN);

  private LimitedSort() {}

  /** The sort that decides which rows {@code node} hands on; {@code node} itself may be it. */
  static Optional<PlanNode> below(PlanNode node) {
    return PlanSubject.below(
        node,
        candidate -> candidate.type() == NodeType.SORT,
        between -> BETWEEN.contains(between.type()));
  }

  /** Whether the rows only come to be below the sort, outside of subplans. */
  static boolean computesRows(PlanNode sort) {
    return PlanSubject.below(
            sort,
            node -> COMPUTES_ROWS.contains(node.type()),
            node -> node.target().relation() == null)
        .isPresent();
  }

  /** Rows that a sort took in. */
  static double sorted(PlanNode sort) {
    return input(sort).map(PlanSubject::rows).orElse(0.0);
  }

  /** What a sort takes its rows from. */
  static Optional<PlanNode> input(PlanNode sort) {
    return PlanSubject.inputs(sort).stream().findFirst();
  }
}
