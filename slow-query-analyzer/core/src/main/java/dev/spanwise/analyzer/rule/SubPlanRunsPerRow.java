package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.condition.Condition;
import dev.spanwise.analyzer.condition.Operand;
import dev.spanwise.analyzer.plan.Actual;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A subquery runs again for each row of the query around it. */
final class SubPlanRunsPerRow implements PlanRule {

  /** Milliseconds of a run that is called short: what an index takes to find some rows. */
  private static final double SHORT_MS = 1;

  @Override
  public Verdict examine(PlanSubject subject) {
    List<PlanNode> subplans = subject.plan().nodes().filter(SubPlanRunsPerRow::isSubplan).toList();
    if (!subplans.isEmpty() && !subject.plan().analyzed()) {
      return new Verdict.Inconclusive(
          "runs of the subplans: the plan was not executed (EXPLAIN without ANALYZE)");
    }
    return Verdict.of(
        subplans.stream()
            .filter(
                subplan ->
                    runs(subplan) >= Thresholds.SUBPLAN_RUNS
                        || (runs(subplan) >= Thresholds.REPEATED_LOOPS
                            && readsAllAgain(subject, subplan)))
            .filter(subplan -> subject.matters(subject.share(subplan)))
            .map(subplan -> cause(subject, subplan))
            .toList());
  }

  /** An InitPlan, which has a name too, runs once. */
  private static boolean isSubplan(PlanNode node) {
    return "SubPlan".equals(node.position().parentRelationship());
  }

  private static double runs(PlanNode subplan) {
    Actual actual = subplan.actual();
    return actual == null ? 0 : actual.loops();
  }

  /**
   * Whether the runs read more rows than there are in a table below: a join would read each once.
   */
  private static boolean readsAllAgain(PlanSubject subject, PlanNode subplan) {
    return subplan
        .nodes()
        .anyMatch(
            node ->
                switch (node.type()) {
                  case SEQ_SCAN, MATERIALIZE, CTE_SCAN -> runs(node) >= 2;
                  case INDEX_SCAN, INDEX_ONLY_SCAN, BITMAP_HEAP_SCAN ->
                      subject
                          .relation(node)
                          .map(Relation::estimatedRows)
                          .filter(rows -> Discards.of(node).read() >= 2 * rows)
                          .isPresent();
                  default -> false;
                });
  }

  private Cause cause(PlanSubject subject, PlanNode subplan) {
    PlanNode scan =
        subplan.nodes().filter(node -> node.target().relation() != null).findFirst().orElse(null);
    RelationName relation = scan == null ? null : PlanSubject.relationName(scan);
    double share = subject.share(subplan);
    String pointer = subplan.pointer();
    String title =
        "The subquery%s runs %s times, once for each row"
            .formatted(relation == null ? "" : " on " + relation, Wording.count(runs(subplan)));
    String explanation =
        (correlated(subplan, subject).isEmpty()
                ? "Its result is too large to be hashed, so PostgreSQL goes through it again for each row. "
                : "It names columns of the query around it, so PostgreSQL runs it again for each row there. ")
            + "%s%s of them took %s of the time. A join does the same work for all rows at once."
                .formatted(eachRun(subplan), Wording.count(runs(subplan)), Percent.of(share));
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(Evidence.count("runs", runs(subplan), "1", pointer + "/Actual Loops"));
    evidence.add(
        Evidence.rows("rows of all runs", PlanSubject.rows(subplan), pointer + "/Actual Rows"));
    evidence.add(
        Evidence.share("share of the execution time", share, pointer + "/Actual Total Time"));
    return new Cause(
        id(),
        relation,
        subplan,
        PlanSubject.pointers(subplan),
        title,
        explanation,
        evidence,
        share,
        remedy(subplan, relation, subject));
  }

  private static String eachRun(PlanNode subplan) {
    Double ms = subplan.actual() == null ? null : subplan.actual().totalMs();
    if (ms == null) {
      return "";
    }
    return ms < SHORT_MS
        ? "Each run is short, and "
        : "A run takes %s on average, and ".formatted(Wording.ms(ms));
  }

  private static Remedy.Step remedy(
      PlanNode subplan, @Nullable RelationName relation, PlanSubject subject) {
    String table = relation == null ? "its table" : relation.toString();
    List<String> columns = correlated(subplan, subject);
    if (columns.isEmpty()) {
      return FunctionRemedy.rewrite(
          "Write NOT EXISTS for NOT IN, or EXISTS for IN, with the compared columns in its condition: PostgreSQL joins %s once then, where it now goes through the subquery's rows for each row."
              .formatted(table));
    }
    String by = Wording.list(columns);
    if (subplan.type() == NodeType.AGGREGATE) {
      return FunctionRemedy.rewrite(
          "Aggregate once and join: LEFT JOIN (SELECT %s, … FROM %s GROUP BY %s) by %s, in place of the subquery. Where only few rows of the query around it are kept in the end, keep them first."
              .formatted(String.join(", ", columns), table, String.join(", ", columns), by));
    }
    if (subplan.type() == NodeType.LIMIT) {
      return FunctionRemedy.rewrite(
          "Find the first row of each once and join: LEFT JOIN (SELECT DISTINCT ON (%s) … FROM %s ORDER BY %s, …) by %s, in place of the subquery."
              .formatted(String.join(", ", columns), table, String.join(", ", columns), by));
    }
    return FunctionRemedy.rewrite(
        "Join %s by %s in place of the subquery: LEFT JOIN where it looks a value up, EXISTS or IN where it asks whether there is a row and stands under OR or in the list of results."
            .formatted(table, by));
  }

  /** The subplan's own columns that are compared with columns of the query around it. */
  private static List<String> correlated(PlanNode subplan, PlanSubject subject) {
    Set<String> inside =
        subplan
            .nodes()
            .flatMap(node -> Stream.ofNullable(node.target().alias()))
            .collect(Collectors.toSet());
    return subplan
        .nodes()
        .flatMap(
            node ->
                Stream.of(node.conditions().indexCondition(), node.conditions().filter())
                    .filter(Objects::nonNull))
        .flatMap(condition -> subject.condition(condition).conjuncts().stream())
        .flatMap(
            part ->
                part instanceof Condition.Comparison comparison
                    ? Stream.of(
                        own(comparison.left(), comparison.right(), inside),
                        own(comparison.right(), comparison.left(), inside))
                    : Stream.empty())
        .filter(Objects::nonNull)
        .map(RelationName::quoted)
        .distinct()
        .toList();
  }

  private static @Nullable String own(Operand operand, Operand other, Set<String> inside) {
    boolean ofOutside =
        !other.columns().isEmpty()
            && other.columns().stream()
                .noneMatch(
                    column -> column.qualifier() == null || inside.contains(column.qualifier()));
    return ofOutside
            && operand instanceof Operand.Column column
            && (column.qualifier() == null || inside.contains(column.qualifier()))
        ? column.name()
        : null;
  }
}
