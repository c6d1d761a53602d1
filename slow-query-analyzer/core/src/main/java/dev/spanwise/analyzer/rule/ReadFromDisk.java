package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The statement waits for blocks that are not in the server's memory. */
final class ReadFromDisk implements PlanRule {

  @Override
  public Verdict examine(PlanSubject subject) {
    if (!subject.plan().analyzed()) {
      // What is read is known of no plan then, so that this would be said of every one.
      return new Verdict.Clear();
    }
    if (subject.nodes().noneMatch(node -> ReadTime.totalMs(node) != null)) {
      return subject.nodes().anyMatch(node -> mayWait(subject, node))
          ? new Verdict.Inconclusive(
              "time of reading blocks that were not in shared buffers: track_io_timing is off")
          : new Verdict.Clear();
    }
    List<PlanNode> waiting = subject.nodes().filter(node -> mostlyReads(subject, node)).toList();
    double share =
        subject.shareOfMs(waiting.stream().mapToDouble(node -> waitedMs(subject, node)).sum());
    if (!subject.matters(share)) {
      return new Verdict.Clear();
    }
    double blocks = waiting.stream().mapToDouble(OwnBlocks::read).sum();
    return blocks < Thresholds.FEWEST_READS
        ? new Verdict.Inconclusive(
            "whether so few blocks take long each time: %s took %s of this execution"
                .formatted(Wording.count(blocks), Percent.of(share)))
        : new Verdict.Found(List.of(cause(subject, waiting, share)));
  }

  /** What a node's reads took beyond what they take from the operating system's cache. */
  private static double waitedMs(PlanSubject subject, PlanNode node) {
    double cachedMs = OwnBlocks.read(node) * ReadTime.cachedBlockMs(node) / subject.processes(node);
    return Math.max(0, ReadTime.ownMs(subject, node) - cachedMs);
  }

  /** Whether the blocks that a node read take much of the time, if they come from a disk. */
  private static boolean mayWait(PlanSubject subject, PlanNode node) {
    double ms = OwnBlocks.read(node) * Thresholds.READ_BLOCK_MS / subject.processes(node);
    return subject.matters(Math.min(subject.ownShare(node), subject.shareOfMs(ms)));
  }

  private static boolean mostlyReads(PlanSubject subject, PlanNode node) {
    Double ownMs = subject.ownMs(node);
    double read = ReadTime.ownMs(subject, node);
    return ownMs != null && read > 0 && read >= Thresholds.READING_SHARE * ownMs;
  }

  private Cause cause(PlanSubject subject, List<PlanNode> waiting, double share) {
    double ms = waiting.stream().mapToDouble(node -> ReadTime.ownMs(subject, node)).sum();
    PlanNode largest =
        waiting.stream()
            .max(Comparator.comparingDouble(node -> ReadTime.ownMs(subject, node)))
            .orElseThrow();
    double blocks = waiting.stream().mapToDouble(OwnBlocks::read).sum();
    double blockMs = waiting.stream().mapToDouble(ReadTime::ownTotalMs).sum() / blocks;
    RelationName relation = PlanSubject.relationName(largest);
    String title =
        "%s of the execution time is waiting for %s to be read"
            .formatted(Percent.of(share), Wording.bytes(blocks * OwnBlocks.BYTES));
    String explanation =
        "%s blocks were not in shared buffers%s, and each took %s to come. %s"
            .formatted(
                Wording.count(blocks),
                relation == null ? "" : ", most of them of " + relation,
                microseconds(blockMs),
                size(subject, largest));
    String pointer = largest.pointer();
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(Evidence.ms("time of reads", ms, ReadTime.pointer(largest)));
    evidence.add(Evidence.count("blocks read", blocks, "{block}", pointer + "/Shared Read Blocks"));
    evidence.add(Evidence.share("share of the execution time", share, pointer));
    return new Cause(
        id(),
        relation,
        largest,
        waiting.stream().map(PlanNode::pointer).collect(Collectors.toUnmodifiableSet()),
        title,
        explanation,
        evidence,
        share,
        new Remedy.Step(
            Remedy.Kind.INVESTIGATE,
            "Run the statement again. Quick then: the cache was cold, after a restart or for a rare statement, and pg_prewarm or a warm standby helps. As slow: what it reads does not stay in memory, so read less of it (fewer or narrower rows, an index that holds all that is needed, partitions) or give the server more memory (shared_buffers)",
            "a plan's cost does not know what is in memory"));
  }

  private static String size(PlanSubject subject, PlanNode scan) {
    Optional<Relation> relation = subject.relation(scan);
    return relation
        .map(known -> "The table has %s in all.".formatted(Wording.bytes((double) known.bytes())))
        .orElse("Whether the table fits into memory is not known: no database was named.");
  }

  private static String microseconds(double ms) {
    return Wording.count(ms * 1_000) + " µs";
  }
}
