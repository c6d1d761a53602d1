package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.Actual;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The inner side of a nested loop reads a whole table, again for each row of the outer side. */
final class NestedLoopRepeatsTableScan implements PlanRule {

  private static final Set<NodeType> BETWEEN =
      Set.of(NodeType.MATERIALIZE, NodeType.MEMOIZE, NodeType.RESULT, NodeType.SUBQUERY_SCAN);

  @Override
  public Verdict examine(PlanSubject subject) {
    if (subject.nodes(NodeType.NESTED_LOOP).findAny().isPresent() && !subject.plan().analyzed()) {
      return new Verdict.Inconclusive(
          "repetitions of the inner side: the plan was not executed (EXPLAIN without ANALYZE)");
    }
    List<Cause> causes = new ArrayList<>();
    subject
        .nodes(NodeType.NESTED_LOOP)
        .filter(PlanSubject::ran)
        .filter(join -> PlanSubject.inputs(join).size() == 2)
        .forEach(
            join -> {
              PlanNode inner = PlanSubject.inputs(join).get(1);
              PlanSubject.below(
                      inner,
                      node -> node.type() == NodeType.SEQ_SCAN,
                      node -> BETWEEN.contains(node.type()))
                  .filter(scan -> isWasteful(subject, join, inner, scan))
                  .ifPresent(scan -> causes.add(cause(subject, join, inner, scan)));
            });
    return Verdict.of(causes);
  }

  private static boolean isWasteful(
      PlanSubject subject, PlanNode join, PlanNode inner, PlanNode scan) {
    return starts(inner) >= Thresholds.REPEATED_LOOPS
        && examined(inner, scan) >= Thresholds.REPEATED_ROWS
        && examined(inner, scan) - PlanSubject.rows(join)
            >= Thresholds.DISCARDED_SHARE * examined(inner, scan)
        && subject.share(join) >= Thresholds.EXPLAINS_SHARE;
  }

  /** Rows looked at by all repetitions: the scan's own, or those of a materialised copy of it. */
  private static double examined(PlanNode inner, PlanNode scan) {
    Actual actual = scan.actual();
    double scanned = actual == null ? 0 : actual.totalRows() + actual.totalRemovedByFilter();
    return Math.max(scanned, PlanSubject.rows(inner));
  }

  /** Whether the scan's rows are kept, so that repetitions read the copy. */
  private static boolean isCopied(PlanNode inner) {
    return PlanSubject.below(
            inner,
            node -> node.type() == NodeType.MATERIALIZE,
            node -> BETWEEN.contains(node.type()))
        .isPresent();
  }

  private static double starts(PlanNode node) {
    Actual actual = node.actual();
    return actual == null ? 0 : actual.loops();
  }

  private Cause cause(PlanSubject subject, PlanNode join, PlanNode inner, PlanNode scan) {
    RelationName relation = PlanSubject.relationName(scan);
    boolean copied = isCopied(inner) && starts(scan) < starts(inner);
    PlanNode repeated = copied ? inner : scan;
    double repetitions = starts(repeated);
    double examined = examined(inner, scan);
    String title =
        (copied ? "A copy of %s is gone through %s times" : "%s is read from end to end %s times")
            .formatted(relation, Wording.count(repetitions));
    String explanation =
        "For each row of the other side of the join PostgreSQL went through %s again: %s rows looked at for %s joined. An index on the joined columns would lead to the matching rows."
            .formatted(
                copied
                    ? "the rows that it had read of %s once and kept".formatted(relation)
                    : "all of " + relation,
                Wording.count(examined),
                Wording.count(PlanSubject.rows(join)));
    Set<String> explains = new HashSet<>(PlanSubject.pointers(inner));
    explains.add(join.pointer());
    return new Cause(
        id(),
        relation,
        scan,
        explains,
        title,
        explanation,
        List.of(
            Evidence.count("repetitions", repetitions, "1", repeated.pointer() + "/Actual Loops"),
            Evidence.rows("rows looked at", examined, repeated.pointer() + "/Actual Rows"),
            Evidence.rows("rows joined", PlanSubject.rows(join), join.pointer() + "/Actual Rows"),
            Evidence.share(
                "share of the execution time",
                subject.share(join),
                join.pointer() + "/Actual Total Time")),
        subject.share(join),
        new Remedy.Index());
  }
}
