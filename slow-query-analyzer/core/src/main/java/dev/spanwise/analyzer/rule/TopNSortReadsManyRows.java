package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** ORDER BY … LIMIT lets a few rows out, but sorts very many to find them. */
final class TopNSortReadsManyRows implements PlanRule {

  /** Nodes between LIMIT and its sort that leave the order alone. */
  static final Set<NodeType> BETWEEN =
      Set.of(
          NodeType.LIMIT,
          NodeType.GATHER_MERGE,
          NodeType.RESULT,
          NodeType.SUBQUERY_SCAN,
          NodeType.LOCK_ROWS);

  /** Nodes that must see all their rows before the first comes out: no index can spare that. */
  private static final Set<NodeType> COMPUTES_ROWS =
      Set.of(
          NodeType.AGGREGATE,
          NodeType.GROUP,
          NodeType.WINDOW_AGG,
          NodeType.SET_OP,
          NodeType.UNIQUE,
          NodeType.FUNCTION_SCAN,
          NodeType.CTE_SCAN,
          NodeType.VALUES_SCAN);

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
                PlanSubject.below(
                        limit,
                        node -> node.type() == NodeType.SORT,
                        node -> BETWEEN.contains(node.type()))
                    .filter(sort -> isWasteful(subject, limit, sort))
                    .ifPresent(sort -> causes.add(cause(subject, limit, sort))));
    return Verdict.of(causes);
  }

  private static boolean isWasteful(PlanSubject subject, PlanNode limit, PlanNode sort) {
    double sorted = sorted(sort);
    return sorted >= Thresholds.DISCARDED_ROWS
        && sorted >= Thresholds.SORTED_ROWS_PER_ROW * Math.max(1, PlanSubject.rows(limit))
        && !computesRows(sort)
        && subject.share(sort) >= Thresholds.EXPLAINS_SHARE;
  }

  /** Whether the rows only come to be below the sort, outside of subplans. */
  static boolean computesRows(PlanNode sort) {
    return PlanSubject.below(
            sort, node -> COMPUTES_ROWS.contains(node.type()), node -> !isScan(node))
        .isPresent();
  }

  private static boolean isScan(PlanNode node) {
    return node.target().relation() != null;
  }

  /** Rows that a sort took in. */
  static double sorted(PlanNode sort) {
    return input(sort).map(PlanSubject::rows).orElse(0.0);
  }

  private static Optional<PlanNode> input(PlanNode sort) {
    return PlanSubject.inputs(sort).stream().findFirst();
  }

  private Cause cause(PlanSubject subject, PlanNode limit, PlanNode sort) {
    RelationName relation = SortedRelation.of(sort).map(PlanSubject::relationName).orElse(null);
    String of = relation == null ? "" : " of " + relation;
    String title =
        "%s rows%s are sorted to return %s"
            .formatted(Wording.count(sorted(sort)), of, Wording.count(PlanSubject.rows(limit)));
    String explanation =
        "The order that the statement asks for exists in no index that was used, so PostgreSQL read and sorted %s rows and kept the first %s. An index in that order would be read for just these."
            .formatted(Wording.count(sorted(sort)), Wording.count(PlanSubject.rows(limit)));
    List<Evidence> evidence = new ArrayList<>();
    String read = input(sort).orElse(sort).pointer() + "/Actual Rows";
    evidence.add(Evidence.rows("rows sorted", sorted(sort), read));
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
