package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Activity;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.Actual;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.PlanNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The planner was wrong about a table's rows, and the table has changed much since it was analysed.
 */
final class StatisticsAreStale implements PlanRule {

  /** Nodes that read all their input whatever the LIMIT above them. */
  private static final Set<NodeType> BLOCKING =
      Set.of(NodeType.SORT, NodeType.AGGREGATE, NodeType.HASH, NodeType.MATERIALIZE);

  @Override
  public Verdict examine(PlanSubject subject) {
    List<PlanNode> scans =
        subject
            .plan()
            .nodes()
            .filter(node -> node.target().relation() != null)
            // It names the table that it changes, but reads none.
            .filter(node -> node.type() != NodeType.MODIFY_TABLE)
            .toList();
    if (!scans.isEmpty() && !subject.plan().analyzed()) {
      return new Verdict.Inconclusive(
          "rows seen: the plan was not executed (EXPLAIN without ANALYZE)");
    }
    List<PlanNode> misestimated =
        scans.stream()
            .filter(PlanSubject::ran)
            .filter(scan -> isMisestimated(subject, scan))
            .toList();
    if (!misestimated.isEmpty() && subject.catalogue() == null) {
      return new Verdict.Inconclusive(
          "when the tables were last analysed: no database was named, and the planner was wrong by "
              + Wording.count(Thresholds.MISESTIMATE_FACTOR)
              + " times or more");
    }
    Map<RelationName, Cause> causes = new LinkedHashMap<>();
    Set<String> unknown = new TreeSet<>();
    for (PlanNode scan : misestimated) {
      RelationName name = PlanSubject.relationName(scan);
      if (name == null) {
        continue;
      }
      Activity activity = subject.relation(scan).map(Relation::activity).orElse(null);
      if (activity == null) {
        unknown.add(name.toString());
      } else if (isStale(activity)) {
        causes.putIfAbsent(name, cause(subject, scan, name, activity));
      }
    }
    if (causes.isEmpty() && !unknown.isEmpty()) {
      return new Verdict.Inconclusive(
          "when %s was last analysed: the database has no row in pg_stat_all_tables for it that could be read"
              .formatted(String.join(", ", unknown)));
    }
    return Verdict.of(List.copyOf(causes.values()));
  }

  private static boolean isMisestimated(PlanSubject subject, PlanNode scan) {
    if (scan.estimate() == null) {
      return false;
    }
    double expected = Math.max(1, scan.estimate().rows());
    double seen = Math.max(1, rows(scan));
    boolean tooFewExpected = seen >= expected * Thresholds.MISESTIMATE_FACTOR;
    boolean tooManyExpected =
        expected >= seen * Thresholds.MISESTIMATE_FACTOR && !mayStopEarly(subject, scan);
    return (tooFewExpected || tooManyExpected)
        && Math.max(expected, seen) >= Thresholds.MISESTIMATED_ROWS;
  }

  /**
   * Whether something above stops asking before the scan has read all: then fewer rows than
   * expected mean nothing.
   */
  private static boolean mayStopEarly(PlanSubject subject, PlanNode scan) {
    for (PlanNode above : subject.ancestors(scan)) {
      if (BLOCKING.contains(above.type())) {
        return false;
      }
      boolean stops =
          above.type() == NodeType.LIMIT
              || above.type() == NodeType.MERGE_JOIN
              || List.of("Semi", "Anti").contains(above.details().getOrDefault("Join Type", ""));
      if (stops) {
        return true;
      }
    }
    return false;
  }

  private static boolean isStale(Activity activity) {
    return activity.lastAnalyze() == null
        ? activity.changedSinceAnalyze() >= Thresholds.MISESTIMATED_ROWS
        : activity.changedSinceAnalyze()
            >= Thresholds.STALE_SHARE * Math.max(1, activity.liveRows());
  }

  private static double rows(PlanNode scan) {
    Actual actual = scan.actual();
    return actual == null ? 0 : actual.rows();
  }

  private static Remedy analyze(RelationName name) {
    return new Remedy.Step(
        Remedy.Kind.ANALYZE, "ANALYZE " + name, "fresh statistics are known only after ANALYZE");
  }

  private Cause cause(PlanSubject subject, PlanNode scan, RelationName name, Activity activity) {
    double changed = activity.changedSinceAnalyze();
    Instant lastAnalyze = activity.lastAnalyze();
    double expected = scan.estimate() == null ? 0 : scan.estimate().rows();
    String title =
        lastAnalyze == null
            ? "%s has never been analysed".formatted(name)
            : "%s has changed since it was last analysed".formatted(name);
    String explanation =
        "The planner expected %s rows of %s and got %s, and %s rows have changed since its statistics were gathered. With wrong numbers it chooses wrong plans."
            .formatted(
                Wording.count(expected), name, Wording.count(rows(scan)), Wording.count(changed));
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(Evidence.rows("rows expected", expected, scan.pointer() + "/Plan Rows"));
    evidence.add(Evidence.rows("rows seen", rows(scan), scan.pointer() + "/Actual Rows"));
    evidence.add(
        Evidence.rows(
            "rows changed since ANALYZE", changed, "pg_stat_all_tables.n_mod_since_analyze"));
    if (lastAnalyze != null) {
      evidence.add(
          new Evidence(
              "last analysed", lastAnalyze.toString(), "1", "pg_stat_all_tables.last_analyze"));
    }
    return new Cause(
        id(),
        name,
        scan,
        Set.of(),
        title,
        explanation,
        evidence,
        subject.share(scan),
        analyze(name));
  }
}
