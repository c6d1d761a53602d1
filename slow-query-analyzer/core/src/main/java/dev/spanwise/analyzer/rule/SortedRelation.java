package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.condition.SortKey;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.List;
import java.util.Optional;

/** Finds the scan whose columns a sort orders by. */
public final class SortedRelation {

  private SortedRelation() {}

  /**
   * The one scan below {@code sort} that has all its keys as plain columns; empty where there is
   * none.
   */
  public static Optional<PlanNode> of(PlanNode sort) {
    List<SortKey> keys = sort.sortKey().stream().map(SortKey::read).toList();
    List<PlanNode> scans = sort.nodes().filter(node -> node.target().relation() != null).toList();
    return scans.stream()
        .filter(scan -> keys.stream().allMatch(key -> key.isColumnOf(scan, scans.size() == 1)))
        .findFirst();
  }
}
