package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.plan.Actual;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A wrong number of rows that made the planner choose badly, and what that choice costs.
 *
 * @param source the lowest node whose rows the planner got wrong
 * @param choice the node that was chosen badly
 * @param explains pointers of the nodes whose time the bad choice is
 * @param share their share of the execution time
 * @param consequence what was chosen, as the end of a sentence
 */
record Misestimate(
    PlanNode source, PlanNode choice, Set<String> explains, double share, String consequence) {

  Misestimate {
    explains = Set.copyOf(explains);
  }

  static double expected(PlanNode node) {
    return node.estimate() == null ? 0 : node.estimate().rows();
  }

  static double seen(PlanNode node) {
    Actual actual = node.actual();
    return actual == null ? 0 : actual.rows();
  }

  /** What every rule on estimates misses of a plan that was not executed. */
  static final String NOT_EXECUTED =
      "rows seen: the plan was not executed (EXPLAIN without ANALYZE)";

  /** Said where nothing tells how old the statistics are. */
  static final String UNKNOWN_AGE =
      " Whether the statistics are fresh is not known, as no database was named (--database): run ANALYZE first.";

  /** Whether very many more rows came than were expected, of one loop. */
  static boolean isTooLow(PlanNode node) {
    return node.estimate() != null
        && PlanSubject.ran(node)
        && seen(node) >= Thresholds.MISESTIMATE_FACTOR * Math.max(1, expected(node));
  }

  /** Whether very many fewer rows came than were expected, of one loop. */
  static boolean isTooHigh(PlanNode node) {
    return node.estimate() != null
        && PlanSubject.ran(node)
        && expected(node) >= Thresholds.MISESTIMATE_FACTOR * Math.max(1, seen(node));
  }

  double expected() {
    return expected(source);
  }

  double seen() {
    return seen(source);
  }

  /** {@code The planner expected 5 rows of public.orders and got 9,000, so …}. */
  String explanation() {
    String of =
        source.target().relation() == null
            ? "from a step (%s)".formatted(source.typeName())
            : "of " + PlanSubject.relationName(source);
    String rows = Math.round(expected()) == 1 ? "row" : "rows";
    return "The planner expected %s %s %s and got %s, so it %s."
        .formatted(Wording.count(expected()), rows, of, Wording.count(seen()), consequence);
  }

  /**
   * The cause that a rule makes of it.
   *
   * @param scan what the planner was wrong about, or read it from; null where that is no one table
   * @param why what made the planner wrong, in whole sentences
   * @param more facts beside the rows
   */
  Cause cause(
      String rule,
      @Nullable PlanNode scan,
      String title,
      String why,
      List<Evidence> more,
      Remedy remedy) {
    List<Evidence> evidence = new ArrayList<>(evidence());
    evidence.addAll(more);
    return new Cause(
        rule,
        scan == null ? null : PlanSubject.relationName(scan),
        scan == null ? source : scan,
        explains,
        title,
        explanation() + " " + why,
        evidence,
        share,
        remedy);
  }

  private List<Evidence> evidence() {
    String pointer = source.pointer();
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(Evidence.rows("rows expected", expected(), pointer + "/Plan Rows"));
    evidence.add(Evidence.rows("rows seen", seen(), pointer + "/Actual Rows"));
    evidence.add(
        Evidence.share(
            "share of the execution time", share, choice.pointer() + "/Actual Total Time"));
    return evidence;
  }
}
