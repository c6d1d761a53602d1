package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Activity;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.ArrayList;
import java.util.List;

/**
 * An index-only scan fetches rows from the table all the same, because VACUUM has not marked their
 * pages as visible to everybody.
 */
final class IndexOnlyScanFetchesHeap implements PlanRule {

  private static final String FETCHES = "Heap Fetches";

  /**
   * Part of the time of a fetched row that the fetch takes: measured from memory, where it costs
   * about as much as the entry of the index; from a disk it is more.
   */
  private static final double FETCH = 0.5;

  @Override
  public Verdict examine(PlanSubject subject) {
    List<PlanNode> scans = subject.nodes(NodeType.INDEX_ONLY_SCAN).toList();
    if (!scans.isEmpty() && !subject.plan().analyzed()) {
      return new Verdict.Inconclusive(
          "heap fetches: the plan was not executed (EXPLAIN without ANALYZE)");
    }
    return Verdict.of(
        scans.stream()
            .filter(PlanSubject::ran)
            .filter(scan -> fetches(scan) >= Thresholds.HEAP_FETCHES)
            .filter(scan -> fetchedShare(scan) >= Thresholds.HEAP_FETCHES_SHARE)
            .filter(scan -> timeShare(subject, scan) >= Thresholds.EXPLAINS_SHARE)
            .map(scan -> cause(subject, scan))
            .toList());
  }

  /** Fetches from the table, over all loops and processes. */
  private static double fetches(PlanNode scan) {
    Double fetches = scan.number(FETCHES);
    return fetches == null ? 0 : fetches;
  }

  /** Share of the index's entries for which the table was asked; dead rows among them. */
  private static double fetchedShare(PlanNode scan) {
    return Math.min(1, fetches(scan) / Math.max(1, Discards.of(scan).read()));
  }

  private static double timeShare(PlanSubject subject, PlanNode scan) {
    return FETCH * subject.ownShare(scan) * fetchedShare(scan);
  }

  private Cause cause(PlanSubject subject, PlanNode scan) {
    RelationName relation = PlanSubject.relationName(scan);
    double read = Discards.of(scan).read();
    String title =
        "The index-only scan of %s fetches %s rows from the table"
            .formatted(relation, Wording.count(fetches(scan)));
    String explanation =
        "The index holds all that is asked for, but whether a row is visible stands in the table, unless VACUUM has marked the row's page: %s fetches for %s rows. A change to one row clears the mark of its page."
            .formatted(Wording.count(fetches(scan)), Wording.count(read));
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(Evidence.rows("heap fetches", fetches(scan), scan.pointer() + "/" + FETCHES));
    evidence.add(Evidence.rows("rows read", read, scan.pointer() + "/Actual Rows"));
    evidence.add(
        Evidence.share(
            "share of the execution time",
            timeShare(subject, scan),
            scan.pointer() + "/Actual Total Time"));
    Activity activity = subject.relation(scan).map(Relation::activity).orElse(null);
    if (activity != null && activity.lastVacuum() != null) {
      evidence.add(
          new Evidence(
              "last vacuumed",
              activity.lastVacuum().toString(),
              "1",
              "pg_stat_all_tables.last_vacuum"));
    }
    return new Cause(
        id(),
        relation,
        scan,
        PlanSubject.pointers(scan),
        title,
        explanation,
        evidence,
        timeShare(subject, scan),
        new Remedy.Step(
            Remedy.Kind.VACUUM,
            "VACUUM " + relation,
            "only VACUUM itself shows how many pages it can mark"));
  }
}
