package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.Actual;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A sort does not fit into memory: its rows go to temporary files and are merged from there. */
final class SortSpillsToDisk implements PlanRule {

  private static final String USED = "Sort Space Used";
  private static final String TYPE = "Sort Space Type";
  private static final String INSTEAD =
      "Sort fewer or narrower rows: select the columns that are needed alone, filter before the sort, or read the rows in the order of an index";

  @Override
  public Verdict examine(PlanSubject subject) {
    if (!subject.plan().analyzed()) {
      return subject.nodes(NodeType.SORT, NodeType.INCREMENTAL_SORT).findAny().isPresent()
          ? new Verdict.Inconclusive(
              "whether sorts fit into memory: the plan was not executed (EXPLAIN without ANALYZE)")
          : new Verdict.Clear();
    }
    return Verdict.of(
        subject
            .nodes(NodeType.SORT, NodeType.INCREMENTAL_SORT, NodeType.AGGREGATE)
            .filter(PlanSubject::ran)
            .filter(sort -> diskBytes(sort) > 0)
            .filter(sort -> subject.matters(subject.ownShare(sort)))
            .map(sort -> cause(subject, sort))
            .toList());
  }

  /** The most that was written at a time by one process; zero where all stayed in memory. */
  private static double diskBytes(PlanNode sort) {
    return switch (sort.type()) {
      case AGGREGATE -> diskBytesOfAggregate(sort);
      case INCREMENTAL_SORT ->
          SpilledGroups.of(sort).map(SpilledGroups::largestDiskBytes).orElse(0.0);
      default ->
          sort.details().keySet().stream()
              .mapToDouble(name -> diskBytes(sort, name))
              .max()
              .orElse(0);
    };
  }

  private static double diskBytes(PlanNode sort, String name) {
    Double kilobytes = isDisk(sort.details(), name) ? sort.number(name) : null;
    return kilobytes == null ? 0 : kilobytes * WorkMemory.KILOBYTE;
  }

  private static boolean isDisk(Map<String, String> details, String name) {
    return name.endsWith(USED)
        && "Disk".equals(details.get(name.substring(0, name.length() - USED.length()) + TYPE));
  }

  /**
   * DISTINCT or ORDER BY inside an aggregate's call is sorted by the aggregate itself where no sort
   * stands below it; only its blocks tell.
   */
  private static double diskBytesOfAggregate(PlanNode aggregate) {
    boolean hashes =
        Set.of("Hashed", "Mixed").contains(aggregate.details().getOrDefault("Strategy", ""));
    Actual actual = aggregate.actual();
    if (hashes || aggregate.buffers() == null || actual == null) {
      return 0;
    }
    return OwnBlocks.tempWritten(aggregate) * OwnBlocks.BYTES / actual.loops();
  }

  private static String diskField(PlanNode sort) {
    return SpilledGroups.of(sort)
        .map(groups -> groups.field() + "/Sort Space Disk/Peak " + USED)
        .orElse(sort.type() == NodeType.AGGREGATE ? "Temp Written Blocks" : USED);
  }

  /** Rows that a process sorted; where they are sorted in groups, of all, as these are counted. */
  private static double rows(PlanNode sort) {
    boolean inGroups = sort.type() == NodeType.INCREMENTAL_SORT;
    return PlanSubject.inputs(sort).stream()
        .map(PlanNode::actual)
        .mapToDouble(actual -> actual == null ? 0 : inGroups ? actual.totalRows() : actual.rows())
        .findFirst()
        .orElse(0);
  }

  private Cause cause(PlanSubject subject, PlanNode sort) {
    RelationName relation =
        SortedRelation.of(sort, subject.catalogue()).map(PlanSubject::relationName).orElse(null);
    double share = subject.ownShare(sort);
    double disk = diskBytes(sort);
    double processes = subject.processes(sort);
    SpilledGroups groups = SpilledGroups.of(sort).orElse(null);
    double memory = WorkMemory.ofSort(disk, groups == null ? rows(sort) : groups.largestRows());
    SpillTime spilled = SpillTime.of(subject, List.of(sort), disk * subject.repetitions(sort));
    String each =
        processes > 1 ? " in each of %s processes".formatted(Wording.count(processes)) : "";
    String size =
        groups == null
            ? Wording.bytes(disk)
            : "the largest of %s took %s"
                .formatted(Wording.count(groups.count(), "group"), Wording.bytes(disk));
    String title =
        "%s rows%s are sorted on disk, not in memory: %s%s"
            .formatted(
                Wording.count(rows(sort)),
                relation == null ? "" : " of " + relation,
                size,
                groups == null ? each : "");
    String explanation =
        "%s did not fit into work_mem, so PostgreSQL sorted them in parts, wrote these to temporary files and merged them from there. In memory %s about %s%s.%s Give the memory to this statement, or to the role that runs it, never to the whole server: every step of every statement may take as much."
            .formatted(
                groups == null ? "The rows" : "The rows of a group",
                groups == null ? "they take" : "the largest group takes",
                Wording.bytes(memory),
                each,
                spilled.sentences(subject, share, "sorting", INSTEAD));
    return new Cause(
        id(),
        relation,
        sort,
        Set.of(sort.pointer()),
        title,
        explanation,
        List.of(
            Evidence.rows("rows sorted", rows(sort), sort.pointer() + "/Plans/0/Actual Rows"),
            Evidence.bytes("written to disk", disk, sort.pointer() + "/" + diskField(sort)),
            Evidence.share(
                "share of the execution time", share, sort.pointer() + "/Actual Total Time")),
        share,
        spilled.share(subject, share),
        WorkMemory.setting(subject.plan(), memory, INSTEAD));
  }
}
