package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Activity;
import dev.spanwise.analyzer.catalogue.Column;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.Actual;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A scan passes far more pages or dead rows than the table's rows need. */
final class TableIsBloated implements PlanRule {

  /** A row's header, its place on the page and what alignment costs it, in bytes. */
  private static final double ROW_OVERHEAD = 40;

  private static final String SHRINK_AFTER_VACUUM =
      "VACUUM alone makes their room free for new rows and leaves the pages in the table, which a scan goes on reading: only writing the table anew gives them back.";

  /** Below it a scan did not read the whole table, and its pages tell nothing of it. */
  private static final double WHOLE = 0.5;

  /**
   * What a scan passes.
   *
   * @param factor what it passed, as a multiple of what its rows need
   * @param evidence the sizes
   */
  private record Bloat(PlanNode scan, double factor, List<Evidence> evidence) {
    Bloat {
      evidence = List.copyOf(evidence);
    }

    double needless() {
      return 1 - 1 / factor;
    }
  }

  @Override
  public Verdict examine(PlanSubject subject) {
    List<Cause> causes = new ArrayList<>();
    Set<String> unknown = new TreeSet<>();
    subject
        .nodes(NodeType.SEQ_SCAN, NodeType.INDEX_SCAN)
        .filter(PlanSubject::ran)
        .filter(scan -> subject.matters(subject.ownShare(scan)))
        .forEach(
            scan -> {
              Bloat bloat =
                  scan.type() == NodeType.SEQ_SCAN
                      ? ofTable(subject, scan)
                      : ofEntries(subject, scan);
              if (bloat != null && subject.matters(subject.ownShare(scan) * bloat.needless())) {
                causes.add(cause(subject, bloat));
              } else if (subject.catalogue() == null && looksBloated(subject, scan)) {
                unknown.add(String.valueOf(PlanSubject.relationName(scan)));
              }
            });
    if (causes.isEmpty() && !unknown.isEmpty()) {
      return new Verdict.Inconclusive(
          "dead rows and size of %s: no database was named, and far more pages were read than there are rows"
              .formatted(String.join(", ", unknown)));
    }
    return Verdict.of(causes);
  }

  /** The pages of a whole table against those that its rows need. */
  private static @Nullable Bloat ofTable(PlanSubject subject, PlanNode scan) {
    Optional<Relation> known = subject.relation(scan);
    Double rowBytes = known.map(TableIsBloated::rowBytes).orElse(null);
    if (known.isEmpty() || rowBytes == null) {
      return null;
    }
    Relation relation = known.get();
    double bytes = relation.bytes();
    double rows = Math.max(rowsPerPass(subject, scan), liveRows(relation));
    double needed = Math.max(OwnBlocks.BYTES, rows * rowBytes);
    boolean readsAll =
        scan.buffers() == null || blocksPerPass(subject, scan) * OwnBlocks.BYTES >= WHOLE * bytes;
    if (!readsAll
        || bytes - needed < Thresholds.BLOATED_BYTES
        || bytes < Thresholds.BLOAT_FACTOR * needed) {
      return null;
    }
    return new Bloat(
        scan,
        bytes / needed,
        List.of(
            Evidence.bytes("size of the table", bytes, "pg_relation_size"),
            Evidence.bytes("what its rows need", needed, "pg_stats.avg_width"),
            Evidence.rows("rows", rows, scan.pointer() + "/Actual Rows")));
  }

  /** Dead entries that an index scan passes to come to its rows. */
  private static @Nullable Bloat ofEntries(PlanSubject subject, PlanNode scan) {
    Activity activity = subject.relation(scan).map(Relation::activity).orElse(null);
    if (activity == null
        || activity.deadRows() < Thresholds.DISCARDED_ROWS
        || activity.deadRows() < Thresholds.DEAD_SHARE * (activity.deadRows() + activity.liveRows())
        || !passesDeadEntries(subject, scan)
        // Else it passes the live entries of others, or goes down the index for each value.
        || !IndexStretch.isOne(subject, scan)) {
      return null;
    }
    double blocks = OwnBlocks.touched(scan);
    double factor = blocks / Math.max(1, rows(scan) + starts(scan));
    return new Bloat(
        scan,
        factor,
        List.of(
            Evidence.count(
                "blocks touched", blocks, "{block}", scan.pointer() + "/Shared Hit Blocks"),
            Evidence.rows("rows found", rows(scan), scan.pointer() + "/Actual Rows")));
  }

  /** Whether a scan touches more pages than its rows could stand on, each on a page of its own. */
  private static boolean looksBloated(PlanSubject subject, PlanNode scan) {
    return scan.type() == NodeType.SEQ_SCAN
        ? (blocksPerPass(subject, scan) - rowsPerPass(subject, scan)) * OwnBlocks.BYTES
                >= Thresholds.BLOATED_BYTES
            && blocksPerPass(subject, scan) >= Thresholds.BLOAT_FACTOR * rowsPerPass(subject, scan)
        : passesDeadEntries(subject, scan);
  }

  private static boolean passesDeadEntries(PlanSubject subject, PlanNode scan) {
    return OwnBlocks.touched(scan) * OwnBlocks.BYTES
            >= Thresholds.BLOATED_BYTES * subject.processes(scan)
        && OwnBlocks.touched(scan) >= Thresholds.BLOCKS_PER_ROW * (rows(scan) + starts(scan));
  }

  private static double rows(PlanNode scan) {
    return Discards.of(scan).read()
        + Stream.ofNullable(scan.actual())
            .flatMap(actual -> Stream.ofNullable(actual.removedByRecheck()))
            .mapToDouble(removed -> removed * starts(scan))
            .sum();
  }

  private static double starts(PlanNode scan) {
    Actual actual = scan.actual();
    return actual == null ? 0 : actual.loops();
  }

  private static double rowsPerPass(PlanSubject subject, PlanNode scan) {
    return rows(scan) / Math.max(1, subject.repetitions(scan));
  }

  private static double blocksPerPass(PlanSubject subject, PlanNode scan) {
    return OwnBlocks.touched(scan) / Math.max(1, subject.repetitions(scan));
  }

  private static double liveRows(Relation relation) {
    Activity activity = relation.activity();
    Double estimated = relation.estimatedRows();
    // What reltuples says is old where very much was deleted since.
    return activity != null ? activity.liveRows() : estimated == null ? 0 : estimated;
  }

  /** Bytes that a row takes; null where the width of a column is not known. */
  private static @Nullable Double rowBytes(Relation relation) {
    double bytes = ROW_OVERHEAD;
    for (Column column : relation.columns()) {
      if (column.averageWidth() == null || column.nullFraction() == null) {
        return null;
      }
      bytes += column.averageWidth() * (1 - column.nullFraction());
    }
    return bytes;
  }

  private Cause cause(PlanSubject subject, Bloat bloat) {
    PlanNode scan = bloat.scan();
    RelationName name = PlanSubject.relationName(scan);
    double share = subject.ownShare(scan) * bloat.needless();
    double dead =
        subject.relation(scan).map(Relation::activity).stream()
            .mapToDouble(Activity::deadRows)
            .sum();
    double live = Math.max(1, rowsPerPass(subject, scan));
    boolean isDead = dead >= live || scan.type() == NodeType.INDEX_SCAN;
    List<Evidence> evidence = new ArrayList<>(bloat.evidence());
    evidence.add(Evidence.rows("dead rows", dead, "pg_stat_all_tables.n_dead_tup"));
    evidence.add(
        Evidence.share(
            "share of the execution time", share, scan.pointer() + "/Actual Total Time"));
    String title =
        scan.type() == NodeType.SEQ_SCAN
            ? "%s takes %s times the space of its rows"
                .formatted(name, Wording.count(bloat.factor()))
            : "An index on %s leads to dead rows".formatted(name);
    String explanation =
        isDead
            ? "Deleted and updated rows stay in the table until VACUUM removes them, and the scan passes each of them: %s are dead. Where VACUUM does not remove them, an old transaction or replication slot still holds them (pg_stat_activity.backend_xmin, pg_replication_slots.xmin).%s"
                .formatted(
                    Wording.count(dead),
                    scan.type() == NodeType.SEQ_SCAN ? " " + SHRINK_AFTER_VACUUM : "")
            : "VACUUM has removed the dead rows, but their pages stay in the table, and the scan passes each of them. Only writing the table anew gives them back: VACUUM FULL locks out every other statement on the table while it does, pg_repack does not.";
    return new Cause(
        id(),
        name,
        scan,
        Set.of(scan.pointer()),
        title,
        explanation,
        evidence,
        share,
        new Remedy.Step(
            Remedy.Kind.VACUUM,
            (scan.type() == NodeType.SEQ_SCAN ? "VACUUM (FULL, ANALYZE) " : "VACUUM (ANALYZE) ")
                + name,
            scan.type() == NodeType.INDEX_SCAN
                ? "a plan's cost knows the table's pages, not what is on them"
                : "the planner was not asked about a smaller table; it locks the table while it runs: do it in a maintenance window, or with pg_repack beside the writes"));
  }
}
