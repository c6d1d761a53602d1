package dev.spanwise.analyzer.advice;

import dev.spanwise.analyzer.catalogue.Column;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.condition.Condition;
import dev.spanwise.analyzer.condition.ConditionReader;
import dev.spanwise.analyzer.condition.Operand;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The columns of one scan that a b-tree could look up, by how they are compared.
 *
 * @param equal compared with one value each
 * @param anyOf compared with the elements of an array: found by an index, but not in one order
 * @param range compared by {@code <}, {@code <=}, {@code >} or {@code >=}
 */
record ScanPredicates(Set<String> equal, Set<String> anyOf, Set<String> range) {

  private static final Set<String> RANGE_OPERATORS = Set.of("<", "<=", ">", ">=");

  /**
   * Reads the conditions of a scan.
   *
   * @param scan the scan
   * @param joins conditions of joins above that an index on the scanned relation could serve
   * @param relation what the catalogue says of the scanned relation; null where it is not known
   */
  static ScanPredicates of(PlanNode scan, List<String> joins, @Nullable Relation relation) {
    Collector collector = new Collector(scan, relation);
    ownConditions(scan)
        .map(ConditionReader::read)
        .flatMap(condition -> condition.conjuncts().stream())
        .forEach(conjunct -> collector.add(conjunct, false));
    joins.stream()
        .map(ConditionReader::read)
        .flatMap(condition -> condition.conjuncts().stream())
        .forEach(conjunct -> collector.add(conjunct, true));
    collector.range.removeAll(collector.equal);
    collector.anyOf.removeAll(collector.equal);
    collector.range.removeAll(collector.anyOf);
    return new ScanPredicates(collector.equal, collector.anyOf, collector.range);
  }

  private static Stream<String> ownConditions(PlanNode scan) {
    return Stream.of(
            scan.conditions().filter(),
            scan.conditions().indexCondition(),
            scan.conditions().recheckCondition())
        .filter(Objects::nonNull);
  }

  /** Sorts conjuncts into the three sets. */
  private static final class Collector {
    final Set<String> equal = new LinkedHashSet<>();
    final Set<String> anyOf = new LinkedHashSet<>();
    final Set<String> range = new LinkedHashSet<>();
    private final PlanNode scan;
    private final @Nullable Relation relation;

    Collector(PlanNode scan, @Nullable Relation relation) {
      this.scan = scan;
      this.relation = relation;
    }

    void add(Condition conjunct, boolean join) {
      if (conjunct instanceof Condition.Comparison comparison) {
        addComparison(comparison, join);
      } else if (conjunct instanceof Condition.NullTest test && test.isNull()) {
        addTo(equal, column(test.operand(), join));
      } else if (conjunct instanceof Condition.Other other) {
        addBoolean(other.operand(), join);
      }
    }

    private void addComparison(Condition.Comparison comparison, boolean join) {
      String left = column(comparison.left(), join);
      String right = column(comparison.right(), join);
      if ((left == null) == (right == null)) {
        return;
      }
      Operand other = left == null ? comparison.left() : comparison.right();
      String column = left == null ? right : left;
      if (!isKnownBeforeTheScan(other, join)) {
        return;
      }
      if (comparison.operator().equals("=")) {
        addTo(equal, column);
      } else if (comparison.operator().equals("= ANY") && left != null) {
        addTo(anyOf, column);
      } else if (RANGE_OPERATORS.contains(comparison.operator())) {
        addTo(range, column);
      }
    }

    /** A boolean column alone is compared with true; the planner uses an index on it. */
    private void addBoolean(Operand operand, boolean join) {
      String column = column(operand, join);
      if (column != null && relation != null) {
        relation
            .column(column)
            .filter(known -> known.type().equals("boolean"))
            .ifPresent(known -> addTo(equal, column));
      }
    }

    private boolean isKnownBeforeTheScan(Operand operand, boolean join) {
      boolean ofOthers =
          !operand.columns().isEmpty()
              && operand.columns().stream().noneMatch(column -> isOfScan(column, join));
      return operand instanceof Operand.Constant || ofOthers;
    }

    private void addTo(Set<String> columns, @Nullable String column) {
      if (column != null && isIndexable(column)) {
        columns.add(column);
      }
    }

    private boolean isIndexable(String column) {
      return relation == null || relation.column(column).map(Column::btreeComparable).orElse(false);
    }

    /**
     * The scanned relation's column that an operand is, also behind a cast that keeps its order;
     * null otherwise.
     */
    private @Nullable String column(Operand operand, boolean join) {
      if (operand instanceof Operand.Column column && isOfScan(column, join)) {
        return column.name();
      }
      if (operand instanceof Operand.Cast cast
          && isOfScan(cast.column(), join)
          && cast.type().equals("text")
          && relation != null) {
        return relation
            .column(cast.column().name())
            .filter(known -> known.type().startsWith("character varying"))
            .map(Column::name)
            .orElse(null);
      }
      return null;
    }

    /** A join names its columns' relations; a scan without VERBOSE does not. */
    private boolean isOfScan(Operand.Column column, boolean join) {
      return column.qualifier() == null ? !join : column.qualifier().equals(scan.target().alias());
    }
  }
}
