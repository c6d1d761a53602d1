package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.plan.Actual;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.List;

/**
 * Rows that a scan returned and that its filter threw away, over all its loops and processes.
 *
 * @param returned rows that passed
 * @param removed rows that the filter threw away
 */
record Discards(PlanNode scan, double returned, double removed) {

  static Discards of(PlanNode scan) {
    Actual actual = scan.actual();
    if (actual == null) {
      return new Discards(scan, 0, 0);
    }
    return new Discards(scan, actual.totalRows(), actual.totalRemovedByFilter());
  }

  /** Whether a scan throws away enough rows, and a large enough share of them, to matter. */
  static boolean most(PlanNode scan) {
    Discards discards = of(scan);
    return discards.removed >= Thresholds.DISCARDED_ROWS
        && discards.share() >= Thresholds.DISCARDED_SHARE;
  }

  double read() {
    return returned + removed;
  }

  double share() {
    return read() == 0 ? 0 : removed / read();
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
