package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Column;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.condition.Operand;
import dev.spanwise.analyzer.plan.Actual;
import dev.spanwise.analyzer.plan.Estimate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The comparisons of a filter whose columns are hidden behind something computed, weighed against
 * those that compare a column itself.
 */
final class HiddenComparisons {

  /**
   * Shares of the rows that the planner expects to pass where it has no statistics, as it has none
   * of an expression: {@code DEFAULT_EQ_SEL}, {@code DEFAULT_INEQ_SEL} and {@code
   * DEFAULT_RANGE_INEQ_SEL} of <a
   * href="https://github.com/postgres/postgres/blob/master/src/include/utils/selfuncs.h">selfuncs.h</a>.
   */
  private static final double EQUAL = 0.005;

  private static final double ONE_SIDE = 1.0 / 3;
  private static final double BOTH_SIDES = 0.005;

  private HiddenComparisons() {}

  /**
   * Whether an index on the columns that the filter compares as they are would spare most of the
   * reading, so that the hidden ones are not to blame.
   *
   * <p>What these comparisons let pass is what the planner expects of the whole filter without the
   * fixed share that it puts in for each hidden one.
   */
  static boolean isServedByOthers(FilteredScan scan, List<FilteredScan.Comparison> hidden) {
    boolean others =
        scan.comparisons()
            .anyMatch(comparison -> comparison.isOrdered() && isBare(comparison.operand(), scan));
    if (!others) {
      return false;
    }
    Estimate estimate = scan.node().estimate();
    Actual actual = scan.node().actual();
    if (estimate == null || actual == null) {
      return true;
    }
    double readByLoop = Discards.of(scan.node()).read() / Math.max(1, actual.loops());
    double expected = estimate.rows() / Math.max(1, readByLoop);
    return 1 - expected / expected(hidden) >= Thresholds.DISCARDED_SHARE;
  }

  private static double expected(List<FilteredScan.Comparison> hidden) {
    Map<Operand, Double> shares = new HashMap<>();
    for (FilteredScan.Comparison comparison : hidden) {
      boolean oneSide = "<>".contains(comparison.operator().substring(0, 1));
      shares.merge(
          comparison.operand(),
          oneSide ? ONE_SIDE : EQUAL,
          (one, other) -> one == ONE_SIDE && other == ONE_SIDE ? BOTH_SIDES : Math.min(one, other));
    }
    return shares.values().stream().reduce(1.0, (one, other) -> one * other);
  }

  /**
   * Whether a column that has to have one value would lead to the rows: where the number of its
   * values is not known, it is taken to.
   */
  static boolean isServedByEquality(FilteredScan scan) {
    return scan.comparisons()
        .filter(comparison -> comparison.operator().equals("="))
        .filter(comparison -> isBare(comparison.operand(), scan))
        .flatMap(comparison -> comparison.operand().columns().stream())
        .map(column -> distinct(column.name(), scan.relation()))
        // Negative: minus the share of rows, so that it grows with the table.
        .anyMatch(
            distinct ->
                distinct.isEmpty()
                    || distinct.get() < 0
                    || 1 - 1 / distinct.get() >= Thresholds.DISCARDED_SHARE);
  }

  private static Optional<Double> distinct(String column, @Nullable Relation relation) {
    return Optional.ofNullable(relation)
        .flatMap(known -> known.column(column))
        .map(Column::distinct);
  }

  /** Whether an index on a column alone serves a comparison of {@code operand}. */
  static boolean isBare(Operand operand, FilteredScan scan) {
    return operand instanceof Operand.Column
        || (operand instanceof Operand.Cast cast
            && ColumnCast.of(cast, scan.relation()) != ColumnCast.COMPUTES);
  }
}
