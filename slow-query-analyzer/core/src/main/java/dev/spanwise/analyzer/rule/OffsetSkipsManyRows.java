package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.Actual;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** OFFSET makes the server find very many rows only to leave them out. */
final class OffsetSkipsManyRows implements PlanRule {

  @Override
  public Verdict examine(PlanSubject subject) {
    List<PlanNode> limits =
        subject
            .nodes(NodeType.LIMIT)
            .filter(limit -> PlanSubject.inputs(limit).size() == 1)
            .toList();
    if (!limits.isEmpty() && !subject.plan().analyzed()) {
      return new Verdict.Inconclusive(
          "rows left out by OFFSET: the plan was not executed (EXPLAIN without ANALYZE)");
    }
    return Verdict.of(
        limits.stream()
            .map(limit -> new Skipped(subject, limit, PlanSubject.inputs(limit).get(0)))
            .filter(Skipped::isWasteful)
            .map(this::cause)
            .toList());
  }

  /** Rows that a LIMIT took in and did not let out: only OFFSET makes it do so. */
  private record Skipped(PlanSubject subject, PlanNode limit, PlanNode input) {

    boolean isWasteful() {
      return PlanSubject.ran(limit)
          && rows() >= Thresholds.SKIPPED_ROWS
          && rows() >= Thresholds.DISCARDED_SHARE * PlanSubject.rows(input)
          && timeShare() >= Thresholds.EXPLAINS_SHARE;
    }

    double rows() {
      return PlanSubject.rows(input) - PlanSubject.rows(limit);
    }

    /**
     * Share of the execution time that goes by between the first row that comes in and the first
     * that goes out. What a sort takes before that is not the offset's, unless the page lies so
     * deep that an index in the right order would have to be read as far.
     */
    double timeShare() {
      return isDeep() ? subject.share(limit) : subject.share(limit) * skippingPart();
    }

    private double skippingPart() {
      Double in = startupMs(input);
      Double out = startupMs(limit);
      Double total = limit.actual() == null ? null : limit.actual().totalMs();
      if (in == null || out == null || total == null || total <= 0) {
        return rows() / PlanSubject.rows(input);
      }
      return Math.max(0, Math.min(1, (out - in) / total));
    }

    private static @Nullable Double startupMs(PlanNode node) {
      Actual actual = node.actual();
      return actual == null ? null : actual.startupMs();
    }

    private boolean isDeep() {
      return sort()
          .filter(sort -> !LimitedSort.computesRows(sort))
          .filter(
              sort ->
                  PlanSubject.rows(input)
                      > (1 - Thresholds.DISCARDED_SHARE) * LimitedSort.sorted(sort))
          .isPresent();
    }

    Optional<PlanNode> sort() {
      return LimitedSort.below(input);
    }

    /** The table whose rows are paged; empty where several are joined. */
    Optional<PlanNode> scan() {
      List<PlanNode> scans =
          input.nodes().filter(node -> node.target().relation() != null).toList();
      return scans.size() == 1
          ? Optional.of(scans.get(0))
          : sort().flatMap(sort -> SortedRelation.of(sort, subject.catalogue()));
    }

    Optional<TableScan> table() {
      return scan().map(node -> TableScan.of(subject, node));
    }
  }

  private Cause cause(Skipped skipped) {
    PlanNode limit = skipped.limit();
    double returned = PlanSubject.rows(limit);
    RelationName relation = skipped.table().map(TableScan::name).orElse(null);
    String title =
        "%s rows%s are found and left out before the page of %s"
            .formatted(
                Wording.count(skipped.rows()),
                relation == null ? "" : " of " + relation,
                Wording.count(returned));
    String explanation =
        "OFFSET counts rows, and PostgreSQL has to find each one to count it: %s rows for the %s returned. The further the page, the longer it takes."
            .formatted(Wording.count(PlanSubject.rows(skipped.input())), Wording.count(returned));
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(
        Evidence.rows("rows left out", skipped.rows(), skipped.input().pointer() + "/Actual Rows"));
    evidence.add(Evidence.rows("rows returned", returned, limit.pointer() + "/Actual Rows"));
    evidence.add(
        Evidence.share(
            "share of the execution time",
            skipped.timeShare(),
            limit.pointer() + "/Actual Startup Time"));
    return new Cause(
        id(),
        relation,
        limit,
        PlanSubject.pointers(limit),
        title,
        explanation,
        evidence,
        skipped.timeShare(),
        remedy(skipped));
  }

  private static Remedy.Step remedy(Skipped skipped) {
    Optional<PlanNode> scan = skipped.scan();
    Optional<PageOrder> order =
        skipped
            .sort()
            .flatMap(PageOrder::ofSort)
            .or(() -> scan.flatMap(node -> PageOrder.ofIndex(skipped.subject(), node)));
    String words =
        order.isEmpty()
            ? "Page by key instead of by count: order by columns that together are unique, and let the next page begin after the last row of this one, with WHERE (those columns) > (their values in that row) and LIMIT alone."
            : "Page by key instead of by count: let the next page begin after the last row of this one, %s, with LIMIT alone. The columns have to be unique together: add the key where they are not."
                .formatted(order.get().condition());
    String index =
        order.isPresent() && skipped.sort().isPresent() && skipped.table().isPresent()
            ? " It needs an index in that order: %s (%s)"
                .formatted(skipped.table().get().createIndexOn(), order.get().keys())
            : "";
    return FunctionRemedy.rewrite(words + index);
  }
}
