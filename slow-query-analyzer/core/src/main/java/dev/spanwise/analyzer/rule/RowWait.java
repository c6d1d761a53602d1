package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A node that writes or locks rows, and the time in which it did neither.
 *
 * @param ownMs time of the node by itself
 */
record RowWait(PlanSubject subject, PlanNode node, double ownMs) {

  /** What is left of the node's time by what was measured of it. */
  double waitedMs() {
    return ownMs
        - rows() * Thresholds.WRITTEN_ROW_MS
        - OwnBlocks.touched(node) * Thresholds.DISK_BLOCK_MS
        - ReadTime.ownMs(subject, node)
        - subject.triggersMs();
  }

  double share() {
    return subject.shareOfMs(waitedMs());
  }

  /** Whether the time that is left counts: without rows there is none to wait for. */
  boolean isLong() {
    return rows() > 0 && isLong(waitedMs());
  }

  private boolean isLong(double ms) {
    return ms >= Thresholds.WAITED_MS && subject.matters(subject.shareOfMs(ms));
  }

  /**
   * Why the time that is left may be no wait for a lock; null where nothing else is that long. An
   * insert meets no row that another transaction has locked, but in a unique index.
   */
  @Nullable String doubt() {
    if (onlyInserts()) {
      return "an insert computes defaults, checks rows and makes room meanwhile (log_lock_waits logs the waits)";
    }
    if (isLong(waitedMs() - unmeasuredMs())) {
      return null;
    }
    if (node.buffers() == null) {
      return "blocks were not counted (EXPLAIN without BUFFERS)";
    }
    return isLong(waitedMs() - largeValuesMs())
        ? "reads were not timed (track_io_timing is off)"
        : "each row took %s, as a large value in an index does"
            .formatted(Wording.count(OwnBlocks.touched(node) / rows(), "block"));
  }

  private boolean onlyInserts() {
    double met =
        Stream.of("Conflicting Tuples", "Tuples Updated", "Tuples Deleted")
            .flatMap(name -> Stream.ofNullable(node.number(name)))
            .mapToDouble(number -> number)
            .sum();
    return met == 0 && (ForeignKeySide.does(node, "Insert") || ForeignKeySide.does(node, "Merge"));
  }

  /** What may have taken time at most without being measured. */
  private double unmeasuredMs() {
    if (node.buffers() == null) {
      double readMs = rows() * Thresholds.UNCOUNTED_BLOCKS_OF_A_ROW * Thresholds.SLOW_READ_MS;
      return locksOnly() ? readMs : Math.max(readMs, Thresholds.LARGE_ROW_MS);
    }
    double readMs =
        ReadTime.totalMs(node) == null ? OwnBlocks.read(node) * Thresholds.SLOW_READ_MS : 0;
    return readMs + largeValuesMs();
  }

  /** What the values of a row take that is written to many blocks: an index splits them up. */
  private double largeValuesMs() {
    double blocks = OwnBlocks.touched(node);
    return !locksOnly() && blocks > rows() * Thresholds.BLOCKS_OF_A_LARGE_ROW
        ? blocks * Thresholds.LARGE_ROW_BLOCK_MS
        : 0;
  }

  private boolean locksOnly() {
    return node.type() == NodeType.LOCK_ROWS;
  }

  double rows() {
    return PlanSubject.inputs(node).stream().mapToDouble(PlanSubject::rows).sum();
  }

  private String work() {
    return locksOnly() ? "locking" : "writing";
  }

  /** The doubt, in words. */
  String missing(String doubt) {
    return "whether %s %s waited for another transaction: it took %s more than the rows explain, and %s"
        .formatted(work(), Wording.count(rows(), "row"), Wording.ms(waitedMs()), doubt);
  }

  /**
   * What the wait is.
   *
   * @param rule the rule's id
   */
  Cause cause(String rule, Remedy remedy) {
    RelationName relation = relation();
    String blocks =
        node.buffers() == null ? "" : " and " + Wording.count(OwnBlocks.touched(node), "block");
    return new Cause(
        rule,
        relation,
        node,
        Set.of(node.pointer()),
        "The statement waited %s, most likely for rows%s that another transaction had locked"
            .formatted(Wording.ms(waitedMs()), relation == null ? "" : " of " + relation),
        "%s took %s for %s%s. That is more than the work explains: most likely it waited for a transaction that had changed or locked the same rows and had not ended."
            .formatted(
                locksOnly() ? "Locking rows" : "Writing",
                Wording.ms(ownMs),
                Wording.count(rows(), "row"),
                blocks),
        evidence(),
        share(),
        remedy);
  }

  private List<Evidence> evidence() {
    String pointer = node.pointer();
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(Evidence.ms("time of the wait", waitedMs(), pointer + "/Actual Total Time"));
    evidence.add(Evidence.rows("rows written or locked", rows(), pointer + "/Plans/0/Actual Rows"));
    if (node.buffers() != null) {
      evidence.add(
          Evidence.count(
              "blocks touched",
              OwnBlocks.touched(node),
              "{block}",
              pointer + "/Shared Hit Blocks"));
    }
    evidence.add(
        Evidence.share("share of the execution time", share(), pointer + "/Actual Total Time"));
    return evidence;
  }

  /** What is written; for rows that are only locked, the one table below. */
  private @Nullable RelationName relation() {
    RelationName written = PlanSubject.relationName(node);
    List<RelationName> read =
        node.nodes()
            .filter(below -> below.target().relation() != null)
            .map(PlanSubject::relationName)
            .distinct()
            .toList();
    return written == null && read.size() == 1 ? read.get(0) : written;
  }
}
