package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.stream.Stream;

/** An index finds the rows, but the filter throws nearly all of them away afterwards. */
final class IndexScanDiscardsMostRows implements PlanRule {

  private static final NodeType[] SCANS = {
    NodeType.INDEX_SCAN, NodeType.INDEX_ONLY_SCAN, NodeType.BITMAP_HEAP_SCAN
  };

  @Override
  public Verdict examine(PlanSubject subject) {
    return Discards.examine(
        subject, SCANS, scan -> fetchesMany(scan) ? scan.share() : 0, this::cause);
  }

  /** Whether it is the fetching that takes the time, and not that it is started so often. */
  private static boolean fetchesMany(TableScan scan) {
    return Discards.of(scan).removed() >= Thresholds.DISCARDED_ROWS_OF_A_START * scan.starts();
  }

  private Cause cause(TableScan scan) {
    RelationName relation = scan.name();
    Discards discards = Discards.of(scan);
    String index = indexName(scan.first());
    String title =
        "The index %s on %s leads to rows of which %s are thrown away"
            .formatted(index, relation, Percent.of(discards.share()));
    String explanation =
        "The index does not cover the whole condition: PostgreSQL fetched %s rows through it and kept %s. An index that holds the filtered columns too would fetch only those."
            .formatted(Wording.count(discards.read()), discards.kept());
    return new Cause(
        id(),
        relation,
        scan.first(),
        scan.pointersWithBelow(),
        title,
        explanation,
        discards.evidence(scan.share()),
        scan.share(),
        new Remedy.Index());
  }

  /** The index of a scan; for a bitmap, the first of those below. */
  private static String indexName(PlanNode scan) {
    return scan.nodes()
        .flatMap(node -> Stream.ofNullable(node.target().index()))
        .findFirst()
        .orElse("(unnamed)");
  }
}
