package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.condition.Operand;
import dev.spanwise.analyzer.condition.SortKey;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the scan whose columns, or what is computed from them, a sort orders by. */
public final class SortedRelation {

  private SortedRelation() {}

  /**
   * The one scan below {@code sort} that has all its keys, as plain columns or as expressions that
   * an index takes; of a partitioned table that of its first partition; empty where there is none.
   *
   * @param catalogue the database's catalogue; null where no database was named
   */
  public static Optional<PlanNode> of(PlanNode sort, @Nullable Catalogue catalogue) {
    List<Operand> keys = sort.sortKey().stream().map(SortKey::read).map(SortKey::operand).toList();
    List<PlanNode> scans = sort.nodes().filter(node -> node.target().relation() != null).toList();
    return scans.stream()
        .filter(scan -> keys.stream().allMatch(key -> isOf(scan, scans.size() == 1, key)))
        .filter(scan -> keys.stream().allMatch(key -> isIndexable(key, scan, catalogue)))
        .findFirst();
  }

  /**
   * @param only whether no other scan could be meant by a column without qualifier
   */
  private static boolean isOf(PlanNode scan, boolean only, Operand key) {
    return !key.columns().isEmpty()
        && key.columns().stream()
            .allMatch(
                column ->
                    column.qualifier() == null
                        ? only
                        : column.qualifier().equals(scan.target().alias())
                            || isOfPartition(column.qualifier(), scan));
  }

  /** Above an Append a key names the partitioned table, of which each scan has a number behind. */
  private static boolean isOfPartition(String qualifier, PlanNode scan) {
    String alias = scan.target().alias();
    return alias != null
        && "Member".equals(scan.position().parentRelationship())
        && alias.startsWith(qualifier + "_")
        && alias.substring(qualifier.length() + 1).chars().allMatch(Character::isDigit);
  }

  private static boolean isIndexable(Operand key, PlanNode scan, @Nullable Catalogue catalogue) {
    RelationName name = PlanSubject.relationName(scan);
    Relation relation =
        name == null || catalogue == null ? null : catalogue.relation(name).orElse(null);
    return key instanceof Operand.Column
        || (key instanceof Operand.Expression expression
            && ExpressionIndex.key(expression, relation) != null);
  }
}
