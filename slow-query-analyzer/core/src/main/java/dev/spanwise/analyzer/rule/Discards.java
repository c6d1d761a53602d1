package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.condition.Condition;
import dev.spanwise.analyzer.condition.Operand;
import dev.spanwise.analyzer.plan.Actual;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Rows that a scan returned and that its filter threw away, over all its loops and processes.
 *
 * @param scan the scan; of several partitions, the first one's
 * @param returned rows that passed
 * @param removed rows that the filter threw away
 * @param hidden rows at most that may have passed beside those: before PostgreSQL 18 the average of
 *     all loops and processes is rounded, so that no row of three may be one
 */
record Discards(PlanNode scan, double returned, double removed, double hidden) {

  static Discards of(PlanNode scan) {
    Actual actual = scan.actual();
    if (actual == null) {
      return new Discards(scan, 0, 0, 0);
    }
    double hidden = actual.rows() == 0 ? Math.floor(actual.loops() / 2.0) : 0;
    return new Discards(scan, actual.totalRows(), actual.totalRemovedByFilter(), hidden);
  }

  static Discards of(TableScan scan) {
    return scan.nodes().stream()
        .map(Discards::of)
        .reduce(
            new Discards(scan.first(), 0, 0, 0),
            (sum, one) ->
                new Discards(
                    sum.scan,
                    sum.returned + one.returned,
                    sum.removed + one.removed,
                    sum.hidden + one.hidden));
  }

  /**
   * Judges the filtered scans of a plan.
   *
   * @param types the kinds of scan that are looked at
   * @param timeShare the share of the execution time that a scan explains
   * @param cause what to say of a scan that throws most of its rows away
   */
  static Verdict examine(
      PlanSubject subject,
      NodeType[] types,
      ToDoubleFunction<TableScan> timeShare,
      Function<TableScan, Cause> cause) {
    List<TableScan> scans =
        TableScan.of(subject, types).stream()
            .filter(scan -> scan.first().conditions().filter() != null)
            .toList();
    if (!scans.isEmpty() && !subject.plan().analyzed()) {
      return new Verdict.Inconclusive(
          "rows thrown away by the filter: the plan was not executed (EXPLAIN without ANALYZE)");
    }
    return Verdict.of(
        scans.stream()
            .filter(TableScan::ran)
            .filter(scan -> of(scan).areMost() && !asksSubplansAlone(scan))
            .filter(scan -> timeShare.applyAsDouble(scan) >= Thresholds.EXPLAINS_SHARE)
            .map(cause)
            .toList());
  }

  /** Whether only what subplans found decides on each row: no index leads to such rows. */
  private static boolean asksSubplansAlone(TableScan scan) {
    String filter = scan.first().conditions().filter();
    return filter != null && asksSubplan(scan.subject().condition(filter));
  }

  private static boolean asksSubplan(Condition condition) {
    if (condition instanceof Condition.And and) {
      return and.parts().stream().allMatch(Discards::asksSubplan);
    }
    if (condition instanceof Condition.Or or) {
      return or.parts().stream().anyMatch(Discards::asksSubplan);
    }
    if (condition instanceof Condition.Comparison comparison) {
      return asksSubplan(comparison.left()) || asksSubplan(comparison.right());
    }
    return condition instanceof Condition.Other other && asksSubplan(other.operand());
  }

  private static boolean asksSubplan(Operand operand) {
    return operand instanceof Operand.Expression expression && expression.ofSubplan();
  }

  /** Whether enough rows are thrown away, and a large enough share of them, to matter. */
  boolean areMost() {
    return removed >= Thresholds.DISCARDED_ROWS && share() >= Thresholds.DISCARDED_SHARE;
  }

  double read() {
    return returned + removed;
  }

  double share() {
    return removed == 0 ? 0 : removed / (read() + hidden);
  }

  /** The rows that passed, with their noun. */
  String kept(String noun) {
    return returned == 0 && hidden > 0
        ? Wording.count(hidden, noun) + " at most"
        : Wording.count(returned, noun);
  }

  /** The rows that passed, in words. */
  String kept() {
    return returned == 0 && hidden > 0
        ? Wording.count(hidden) + " at most"
        : Wording.count(returned);
  }

  List<Evidence> evidence(double timeShare) {
    String pointer = scan.pointer();
    return List.of(
        Evidence.rows("rows read", read(), pointer + "/Actual Rows"),
        Evidence.rows("rows thrown away", removed, pointer + "/Rows Removed by Filter"),
        Evidence.share("share thrown away", share(), pointer),
        Evidence.share("share of the execution time", timeShare, pointer + "/Actual Total Time"));
  }
}
