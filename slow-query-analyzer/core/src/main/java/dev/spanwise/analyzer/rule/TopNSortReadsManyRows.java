package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.ArrayList;
import java.util.List;

/** ORDER BY … LIMIT lets a few rows out, but sorts very many to find them. */
final class TopNSortReadsManyRows implements PlanRule {

  @Override
  public Verdict examine(PlanSubject subject) {
    if (subject.nodes(NodeType.LIMIT).findAny().isPresent() && !subject.plan().analyzed()) {
      return new Verdict.Inconclusive(
          "rows sorted: the plan was not executed (EXPLAIN without ANALYZE)");
    }
    List<Cause> causes = new ArrayList<>();
    subject
        .nodes(NodeType.LIMIT)
        .filter(PlanSubject::ran)
        .forEach(
            limit ->
                LimitedSort.below(limit)
                    .filter(sort -> isWasteful(subject, limit, sort))
                    .ifPresent(sort -> causes.add(cause(subject, limit, sort))));
    return Verdict.of(causes);
  }

  private static boolean isWasteful(PlanSubject subject, PlanNode limit, PlanNode sort) {
    double sorted = LimitedSort.sorted(sort);
    return sorted >= Thresholds.DISCARDED_ROWS
        && sorted >= Thresholds.SORTED_ROWS_PER_ROW * Math.max(1, PlanSubject.rows(limit))
        && !LimitedSort.computesRows(sort)
        && subject.share(sort) >= Thresholds.EXPLAINS_SHARE;
  }

  private Cause cause(PlanSubject subject, PlanNode limit, PlanNode sort) {
    RelationName relation =
        SortedRelation.of(sort, subject.catalogue())
            .map(scan -> TableScan.of(subject, scan).name())
            .orElse(null);
    String of = relation == null ? "" : " of " + relation;
    String title =
        "%s rows%s are sorted to return %s"
            .formatted(
                Wording.count(LimitedSort.sorted(sort)),
                of,
                Wording.count(PlanSubject.rows(limit)));
    String explanation =
        "The order that the statement asks for exists in no index that was used, so PostgreSQL read and sorted %s rows and kept the first %s. An index in that order would be read for just these."
            .formatted(
                Wording.count(LimitedSort.sorted(sort)), Wording.count(PlanSubject.rows(limit)));
    List<Evidence> evidence = new ArrayList<>();
    String read = LimitedSort.input(sort).orElse(sort).pointer() + "/Actual Rows";
    evidence.add(Evidence.rows("rows sorted", LimitedSort.sorted(sort), read));
    evidence.add(
        Evidence.rows("rows returned", PlanSubject.rows(limit), limit.pointer() + "/Actual Rows"));
    evidence.add(
        Evidence.share(
            "share of the execution time",
            subject.share(sort),
            sort.pointer() + "/Actual Total Time"));
    String method = sort.details().get("Sort Method");
    if (method != null) {
      evidence.add(new Evidence("sort method", method, "1", sort.pointer() + "/Sort Method"));
    }
    return new Cause(
        id(),
        relation,
        sort,
        PlanSubject.pointers(sort),
        title,
        explanation,
        evidence,
        subject.share(sort),
        new Remedy.Index());
  }
}
