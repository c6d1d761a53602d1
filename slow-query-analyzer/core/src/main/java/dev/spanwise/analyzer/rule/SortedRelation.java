package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.condition.Operand;
import dev.spanwise.analyzer.condition.SortKey;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.List;
import java.util.Optional;

/** Finds the scan whose columns a sort orders by. */
public final class SortedRelation {

  private SortedRelation() {}

  /**
   * The one scan below {@code sort} that has all its keys as plain columns, of a partitioned table
   * that of its first partition; empty where there is none.
   */
  public static Optional<PlanNode> of(PlanNode sort) {
    List<SortKey> keys = sort.sortKey().stream().map(SortKey::read).toList();
    List<PlanNode> scans = sort.nodes().filter(node -> node.target().relation() != null).toList();
    return scans.stream()
        .filter(
            scan ->
                keys.stream()
                    .allMatch(
                        key -> key.isColumnOf(scan, scans.size() == 1) || isOfPartition(key, scan)))
        .findFirst();
  }

  /** Above an Append a key names the partitioned table, of which each scan has a number behind. */
  private static boolean isOfPartition(SortKey key, PlanNode scan) {
    String alias = scan.target().alias();
    return alias != null
        && "Member".equals(scan.position().parentRelationship())
        && key.operand() instanceof Operand.Column column
        && column.qualifier() != null
        && alias.startsWith(column.qualifier() + "_")
        && alias.substring(column.qualifier().length() + 1).chars().allMatch(Character::isDigit);
  }
}
