package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Index;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.condition.Condition;
import dev.spanwise.analyzer.condition.Operand;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An index that leads to the rows of a value which a filter compares with. */
final class ValueIndex {

  private static final Set<String> EQUALITY = Set.of("=", "= ANY");
  private static final Set<String> SEARCH = Set.of("~~", "~~*");

  private ValueIndex() {}

  /**
   * The name of such an index of a scan's table, and what it asks of the value; null where none is
   * known.
   */
  static @Nullable String of(TableScan scan) {
    FilteredScan filtered = FilteredScan.of(scan).orElse(null);
    Relation relation = filtered == null ? null : filtered.relation();
    if (filtered == null || relation == null) {
      return null;
    }
    List<FilteredScan.Comparison> asked =
        filtered.conjuncts().stream()
            .flatMap(ValueIndex::asked)
            .flatMap(condition -> Stream.ofNullable(filtered.comparison(condition)))
            .filter(comparison -> comparison.other() instanceof Operand.Constant)
            .toList();
    return relation.indexes().stream()
        .filter(index -> index.valid() && index.predicate() == null)
        .flatMap(index -> asked.stream().flatMap(one -> named(index, one, filtered).stream()))
        .findFirst()
        .orElse(null);
  }

  private static Optional<String> named(
      Index index, FilteredScan.Comparison comparison, FilteredScan scan) {
    if (index.method().equals("btree")) {
      Index.Key first = index.keys().get(0);
      return isInOrder(first, comparison, scan) ? Optional.of(index.name()) : Optional.empty();
    }
    return index.keys().stream().anyMatch(key -> isSearched(key, comparison, scan))
        ? Optional.of(index.name() + " (for a pattern with three characters in a row)")
        : Optional.empty();
  }

  private static boolean isInOrder(
      Index.Key key, FilteredScan.Comparison comparison, FilteredScan scan) {
    // An operator class for patterns has an order of its own, and knows the same values as equal.
    boolean orders = key.operatorClass() == null && comparison.isOrdered();
    return key.collation() == null
        && (orders || EQUALITY.contains(comparison.operator()))
        && isKey(key, comparison.operand(), scan);
  }

  /** Whether trigrams of a pattern that the plan does not know lead to the rows. */
  private static boolean isSearched(
      Index.Key key, FilteredScan.Comparison comparison, FilteredScan scan) {
    return Objects.requireNonNullElse(key.operatorClass(), "").endsWith("_trgm_ops")
        && SEARCH.contains(comparison.operator())
        && comparison.other() instanceof Operand.Constant pattern
        && pattern.literal() == null
        && isInPlanForAny(scan)
        && isKey(key, comparison.operand(), scan);
  }

  /** Whether a scan's filter compares with a parameter. */
  static boolean isInPlanForAny(FilteredScan scan) {
    String filter = scan.node().conditions().filter();
    return filter != null && new Parameters(scan.scan().subject().plan()).in(filter);
  }

  /** Whether a key is what is compared: a column, also by another name of its type, or the same. */
  static boolean isKey(Index.Key key, Operand compared, FilteredScan scan) {
    boolean computes =
        compared instanceof Operand.Cast cast
            && ColumnCast.of(cast, scan.relation()) != ColumnCast.RENAMES;
    return !computes && ExpressionIndex.isKey(key, compared);
  }

  /** What a condition asks for: of {@code $1 IS NULL OR a = $1}, which may be left out, a = $1. */
  private static Stream<Condition> asked(Condition conjunct) {
    return conjunct instanceof Condition.Or or
            && or.parts().stream().anyMatch(ValueIndex::leavesOut)
        ? or.parts().stream().filter(part -> !leavesOut(part))
        : Stream.of(conjunct);
  }

  private static boolean leavesOut(Condition part) {
    return part instanceof Condition.NullTest test
        && test.isNull()
        && test.operand() instanceof Operand.Constant;
  }
}
