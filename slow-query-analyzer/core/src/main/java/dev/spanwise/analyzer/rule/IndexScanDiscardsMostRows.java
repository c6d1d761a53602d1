package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.List;
import java.util.stream.Stream;

/** An index finds the rows, but the filter throws nearly all of them away afterwards. */
final class IndexScanDiscardsMostRows implements PlanRule {

  @Override
  public Verdict examine(PlanSubject subject) {
    List<PlanNode> scans =
        subject
            .nodes(NodeType.INDEX_SCAN, NodeType.INDEX_ONLY_SCAN, NodeType.BITMAP_HEAP_SCAN)
            .filter(scan -> scan.conditions().filter() != null)
            .toList();
    if (!scans.isEmpty() && !subject.plan().analyzed()) {
      return new Verdict.Inconclusive(
          "rows thrown away by the filter: the plan was not executed (EXPLAIN without ANALYZE)");
    }
    return Verdict.of(
        scans.stream()
            .filter(PlanSubject::ran)
            .filter(Discards::most)
            .filter(scan -> subject.share(scan) >= Thresholds.EXPLAINS_SHARE)
            .map(scan -> cause(subject, scan))
            .toList());
  }

  private Cause cause(PlanSubject subject, PlanNode scan) {
    RelationName relation = PlanSubject.relationName(scan);
    Discards discards = Discards.of(scan);
    String index = indexName(scan);
    String title =
        "The index %s on %s leads to rows of which %s are thrown away"
            .formatted(index, relation, Wording.percent(discards.share()));
    String explanation =
        "The index does not cover the whole condition: PostgreSQL fetched %s rows through it and kept %s. An index that holds the filtered columns too would fetch only those."
            .formatted(Wording.count(discards.read()), Wording.count(discards.returned()));
    return new Cause(
        id(),
        relation,
        scan,
        title,
        explanation,
        discards.evidence(subject.share(scan)),
        subject.share(scan),
        Remedy.INDEX);
  }

  /** The index of a scan; for a bitmap, the first of those below. */
  private static String indexName(PlanNode scan) {
    return scan.nodes()
        .flatMap(node -> Stream.ofNullable(node.target().index()))
        .findFirst()
        .orElse("(unnamed)");
  }
}
