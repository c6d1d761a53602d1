package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Activity;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.PlanNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The planner chose badly since it was wrong about a table's rows, and the table has changed much
 * since it was analysed.
 */
final class StatisticsAreStale implements PlanRule {

  @Override
  public Verdict examine(PlanSubject subject) {
    boolean scans = subject.nodes().anyMatch(StatisticsAreStale::reads);
    if (scans && !subject.plan().analyzed()) {
      return new Verdict.Inconclusive(Misestimate.NOT_EXECUTED);
    }
    List<Misestimate> misestimates = subject.misestimates().found();
    if (!misestimates.isEmpty() && subject.catalogue() == null) {
      return new Verdict.Inconclusive(
          "when the tables were last analysed: no database was named, and the planner was wrong by "
              + Wording.count(Thresholds.MISESTIMATE_FACTOR)
              + " times or more");
    }
    List<Cause> causes = new ArrayList<>();
    Set<String> unknown = new TreeSet<>();
    for (Misestimate misestimate : misestimates) {
      if (MisestimateReason.of(misestimate, subject)
          instanceof MisestimateReason.StaleStatistics stale) {
        causes.add(cause(misestimate, stale));
      } else {
        misestimate
            .source()
            .nodes()
            .filter(StatisticsAreStale::reads)
            .filter(scan -> subject.relation(scan).map(Relation::activity).isEmpty())
            .forEach(scan -> unknown.add(String.valueOf(PlanSubject.relationName(scan))));
      }
    }
    if (causes.isEmpty() && !unknown.isEmpty()) {
      return new Verdict.Inconclusive(
          "when %s was last analysed: the database has no row in pg_stat_all_tables for it that could be read"
              .formatted(String.join(", ", unknown)));
    }
    return Verdict.of(causes);
  }

  /** Whether a node reads a table; a ModifyTable names the one that it changes, but reads none. */
  private static boolean reads(PlanNode node) {
    return node.target().relation() != null && node.type() != NodeType.MODIFY_TABLE;
  }

  private Cause cause(Misestimate misestimate, MisestimateReason.StaleStatistics stale) {
    RelationName name = PlanSubject.relationName(stale.scan());
    Activity activity = stale.activity();
    double changed = activity.changedSinceAnalyze();
    Instant lastAnalyze = activity.lastAnalyze();
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(
        Evidence.rows(
            "rows changed since ANALYZE", changed, "pg_stat_all_tables.n_mod_since_analyze"));
    if (lastAnalyze != null) {
      evidence.add(
          new Evidence(
              "last analysed", lastAnalyze.toString(), "1", "pg_stat_all_tables.last_analyze"));
    }
    return misestimate.cause(
        id(),
        stale.scan(),
        lastAnalyze == null
            ? "%s has never been analysed".formatted(name)
            : "%s has changed since it was last analysed".formatted(name),
        "%s rows of %s have changed since its statistics were gathered. With wrong numbers the planner chooses wrong plans."
            .formatted(Wording.count(changed), name),
        evidence,
        new Remedy.Step(
            Remedy.Kind.ANALYZE,
            "ANALYZE " + name,
            "fresh statistics are known only after ANALYZE"));
  }
}
