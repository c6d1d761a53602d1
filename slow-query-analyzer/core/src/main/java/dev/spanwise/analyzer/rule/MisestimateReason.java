package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Activity;
import dev.spanwise.analyzer.catalogue.Column;
import dev.spanwise.analyzer.catalogue.ExtendedStatistics;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.condition.Condition;
import dev.spanwise.analyzer.condition.ConditionReader;
import dev.spanwise.analyzer.condition.Operand;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Why the planner got the rows of a node wrong. Each wrong estimate has one reason: statistics that
 * are old come first, since any other may vanish with fresh ones.
 */
sealed interface MisestimateReason {

  /** What tells how compared columns go together. */
  Set<ExtendedStatistics.Kind> COMPARED =
      Set.of(ExtendedStatistics.Kind.DEPENDENCIES, ExtendedStatistics.Kind.MOST_COMMON_VALUES);

  /** What tells how many groups columns make. */
  Set<ExtendedStatistics.Kind> GROUPED = Set.of(ExtendedStatistics.Kind.DISTINCT_COUNTS);

  /** A table has changed since it was analysed. */
  record StaleStatistics(PlanNode scan, Activity activity) implements MisestimateReason {}

  /**
   * Columns depend on each other, which the statistics of each alone do not tell.
   *
   * @param columns at least two, of the relation that {@code scan} reads
   * @param groups whether they are grouped by, not compared
   */
  record CorrelatedColumns(PlanNode scan, List<String> columns, boolean groups)
      implements MisestimateReason {
    public CorrelatedColumns {
      columns = List.copyOf(columns);
    }
  }

  /** The plan was made for any value of a parameter, and the value at hand is not like most. */
  record GenericPlan(PlanNode scan) implements MisestimateReason {}

  /** None of these. */
  record Unknown() implements MisestimateReason {}

  static MisestimateReason of(Misestimate misestimate, PlanSubject subject) {
    PlanNode source = misestimate.source();
    List<PlanNode> scans =
        source.target().relation() != null ? List.of(source) : scansBelow(source);
    for (PlanNode scan : scans) {
      Activity activity = subject.relation(scan).map(Relation::activity).orElse(null);
      if (activity != null && isStale(activity)) {
        return new StaleStatistics(scan, activity);
      }
    }
    if (source.target().relation() != null) {
      return ofScan(source, subject);
    }
    if (source.type() == NodeType.AGGREGATE) {
      return ofGroups(source, scans, subject);
    }
    return new Unknown();
  }

  private static boolean isStale(Activity activity) {
    return activity.lastAnalyze() == null
        ? activity.changedSinceAnalyze() >= Thresholds.MISESTIMATED_ROWS
        : activity.changedSinceAnalyze()
            >= Thresholds.STALE_SHARE * Math.max(1, activity.liveRows());
  }

  private static List<PlanNode> scansBelow(PlanNode node) {
    return node.nodes().filter(below -> below.target().relation() != null).toList();
  }

  private static MisestimateReason ofScan(PlanNode scan, PlanSubject subject) {
    Set<String> columns = comparedColumns(scan, subject);
    boolean generic = new Parameters(subject.plan()).in(scan);
    boolean tooLow = Misestimate.isTooLow(scan);
    if (generic && !(tooLow && columns.size() > 1 && isUsualForEach(scan, columns, subject))) {
      return new GenericPlan(scan);
    }
    return tooLow && columns.size() > 1 && !isCovered(scan, columns, subject, COMPARED)
        ? new CorrelatedColumns(scan, List.copyOf(columns), false)
        : new Unknown();
  }

  /** Whether extended statistics tell of these columns together, and yet the planner was wrong. */
  private static boolean isCovered(
      PlanNode scan,
      Collection<String> columns,
      PlanSubject subject,
      Set<ExtendedStatistics.Kind> kinds) {
    return subject.relation(scan).map(Relation::extendedStatistics).orElse(List.of()).stream()
        .filter(statistics -> statistics.columns().containsAll(columns))
        .anyMatch(statistics -> !Collections.disjoint(statistics.kinds(), kinds));
  }

  /**
   * Whether as many rows came as each of the columns alone has for a value on average: then none of
   * the values is an unusual one.
   */
  private static boolean isUsualForEach(PlanNode scan, Set<String> columns, PlanSubject subject) {
    Optional<Relation> relation = subject.relation(scan);
    Double rows = relation.map(Relation::estimatedRows).orElse(null);
    if (relation.isEmpty() || rows == null) {
      return false;
    }
    return columns.stream()
        .map(name -> relation.get().column(name).map(Column::distinct).orElse(null))
        .allMatch(
            distinct ->
                distinct != null
                    && distinct != 0
                    && Misestimate.seen(scan)
                        < Thresholds.MISESTIMATE_FACTOR * rowsForValue(distinct, rows));
  }

  /** Rows that have one value of a column, on average. */
  private static double rowsForValue(double distinct, double rows) {
    return distinct > 0 ? rows / distinct : -1 / distinct;
  }

  /** The columns that a scan compares with a value by equality. */
  static Set<String> comparedColumns(PlanNode scan, PlanSubject subject) {
    Set<String> columns = new TreeSet<>();
    Stream.of(
            Optional.ofNullable(scan.conditions().filter()),
            Optional.ofNullable(scan.conditions().indexCondition()),
            Optional.ofNullable(scan.conditions().recheckCondition()))
        .flatMap(Optional::stream)
        .flatMap(printed -> subject.condition(printed).conjuncts().stream())
        .forEach(
            condition -> {
              if (condition instanceof Condition.Comparison comparison
                  && Set.of("=", "= ANY").contains(comparison.operator())
                  && comparison.right() instanceof Operand.Constant
                  && !(comparison.left() instanceof Operand.Expression)) {
                comparison.left().columns().forEach(column -> columns.add(column.name()));
              }
            });
    return columns;
  }

  private static MisestimateReason ofGroups(
      PlanNode aggregate, List<PlanNode> scans, PlanSubject subject) {
    String keys = aggregate.details().get("Group Key");
    if (keys == null || scans.isEmpty()) {
      return new Unknown();
    }
    List<Operand> read = Stream.of(keys.split(", ")).map(ConditionReader::readOperand).toList();
    for (PlanNode scan : scans) {
      String alias = scan.target().alias();
      boolean all =
          read.stream()
              .allMatch(
                  key ->
                      key instanceof Operand.Column column
                          && (column.qualifier() == null
                              ? scans.size() == 1
                              : column.qualifier().equals(alias)));
      List<String> columns =
          read.stream().flatMap(key -> key.columns().stream()).map(Operand.Column::name).toList();
      if (all && columns.size() > 1 && !isCovered(scan, columns, subject, GROUPED)) {
        return new CorrelatedColumns(scan, columns, true);
      }
    }
    return new Unknown();
  }
}
