package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.Actual;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A bitmap outgrows work_mem: it keeps pages instead of rows, and every row of these pages is
 * looked at again.
 */
final class BitmapScanGoesLossy implements PlanRule {

  private static final String EXACT = "Exact Heap Blocks";
  private static final String LOSSY = "Lossy Heap Blocks";

  /**
   * Bytes that a bitmap takes for a page of 8 kB: an entry of 48 and two pointers, as {@code
   * tbm_calculate_entries} of <a
   * href="https://github.com/postgres/postgres/blob/master/src/backend/nodes/tidbitmap.c">tidbitmap.c</a>
   * counts.
   */
  private static final double BYTES_A_PAGE = 64;

  @Override
  public Verdict examine(PlanSubject subject) {
    List<PlanNode> scans = subject.nodes(NodeType.BITMAP_HEAP_SCAN).toList();
    if (!scans.isEmpty() && !subject.plan().analyzed()) {
      return new Verdict.Inconclusive(
          "lossy heap blocks: the plan was not executed (EXPLAIN without ANALYZE)");
    }
    return Verdict.of(
        scans.stream()
            .filter(PlanSubject::ran)
            .filter(scan -> blocks(scan, LOSSY) > blocks(scan, EXACT))
            .filter(scan -> !isLossyByNature(subject, scan))
            .filter(scan -> rechecked(scan) >= Thresholds.DISCARDED_ROWS)
            .filter(scan -> timeShare(subject, scan) >= Thresholds.EXPLAINS_SHARE)
            .map(scan -> cause(subject, scan))
            .toList());
  }

  /**
   * Whether a BRIN index made the bitmap, which names ranges of pages whatever the memory is: then
   * no page at all is exact.
   */
  private static boolean isLossyByNature(PlanSubject subject, PlanNode scan) {
    Set<String> indexes =
        scan.nodes()
            .flatMap(node -> Stream.ofNullable(node.target().index()))
            .collect(Collectors.toSet());
    return subject
        .relation(scan)
        .map(
            relation ->
                relation.indexes().stream()
                    .anyMatch(
                        index -> index.method().equals("brin") && indexes.contains(index.name())))
        .orElse(blocks(scan, EXACT) == 0);
  }

  /** Blocks that were counted: by the leader, and since PostgreSQL 18 by each worker. */
  private static double blocks(PlanNode scan, String field) {
    double blocks = 0;
    for (String name : scan.details().keySet()) {
      Double counted = name.equals(field) || isOfWorker(name, field) ? scan.number(name) : null;
      blocks += counted == null ? 0 : counted;
    }
    return blocks;
  }

  private static boolean isOfWorker(String name, String field) {
    return name.startsWith("Workers.") && name.endsWith("." + field);
  }

  /** Rows that were looked at only because their page was kept whole. */
  private static double rechecked(PlanNode scan) {
    Actual actual = scan.actual();
    Double removed = actual == null ? null : actual.removedByRecheck();
    return actual == null || removed == null ? 0 : removed * actual.loops();
  }

  private static double timeShare(PlanSubject subject, PlanNode scan) {
    double rechecked = rechecked(scan);
    return subject.ownShare(scan) * rechecked / (rechecked + Discards.of(scan).read());
  }

  private Cause cause(PlanSubject subject, PlanNode scan) {
    RelationName relation = PlanSubject.relationName(scan);
    double rechecked = rechecked(scan);
    double timeShare = timeShare(subject, scan);
    String pointer = scan.pointer();
    String title =
        "The bitmap of %s does not fit into work_mem, and %s rows are looked at for nothing"
            .formatted(relation, Wording.count(rechecked));
    String explanation =
        "It should hold the place of each row that the index found. Out of memory, it held only the page for %s of %s pages, so PostgreSQL compared every row on them again and threw %s away."
            .formatted(
                Wording.count(blocks(scan, LOSSY)),
                Wording.count(blocks(scan, LOSSY) + blocks(scan, EXACT)),
                Wording.count(rechecked));
    return new Cause(
        id(),
        relation,
        scan,
        PlanSubject.pointers(scan),
        title,
        explanation,
        List.of(
            Evidence.count("lossy pages", blocks(scan, LOSSY), "1", pointer + "/" + LOSSY),
            Evidence.count("exact pages", blocks(scan, EXACT), "1", pointer + "/" + EXACT),
            Evidence.rows(
                "rows looked at for nothing",
                rechecked,
                pointer + "/Rows Removed by Index Recheck"),
            Evidence.share(
                "share of the execution time", timeShare, pointer + "/Actual Total Time")),
        timeShare,
        WorkMemory.setting(
            subject.plan(),
            bytes(subject, scan),
            "Let the index find fewer pages: add the other columns of the condition to it, or make the condition narrower"));
  }

  /** What the bitmap of one run needs. */
  private static double bytes(PlanSubject subject, PlanNode scan) {
    double runs = Math.max(1, subject.repetitions(scan));
    double processes = scan.actual() == null ? 1 : scan.actual().loops() / runs;
    boolean all = scan.details().keySet().stream().anyMatch(name -> isOfWorker(name, LOSSY));
    double pages =
        (blocks(scan, LOSSY) + blocks(scan, EXACT)) * (all ? 1 : Math.max(1, processes)) / runs;
    return BYTES_A_PAGE * pages;
  }
}
