package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.plan.PlanNode;
import java.util.List;
import java.util.Objects;

/**
 * What a step loses by its temporary files. Sorting and hashing remain to be done in memory, so
 * that this alone is what more memory saves: often a small part of the step, since the operating
 * system keeps such files in its cache.
 *
 * @param ms milliseconds of writing and reading them
 * @param measured whether {@code track_io_timing} measured it, as PostgreSQL 15 and later do; else
 *     it is reckoned from the blocks
 */
record SpillTime(double ms, boolean measured) {

  private static final List<String> TIMED = List.of("Temp I/O Read Time", "Temp I/O Write Time");

  /**
   * Of nodes that work on the same files, such as a hash and its join.
   *
   * @param bytes what a process wrote, for where the plan counts no blocks
   */
  static SpillTime of(PlanSubject subject, List<PlanNode> nodes, double bytes) {
    double processes = subject.processes(nodes.get(0));
    if (nodes.stream().anyMatch(node -> ofAll(node) > 0)) {
      double own = nodes.stream().mapToDouble(node -> OwnBlocks.own(node, SpillTime::ofAll)).sum();
      return new SpillTime(own / processes, true);
    }
    boolean counted = nodes.stream().map(PlanNode::buffers).anyMatch(Objects::nonNull);
    double blocks =
        counted
            ? nodes.stream().mapToDouble(OwnBlocks::temp).sum() / processes
            : 2 * bytes / OwnBlocks.BYTES;
    return new SpillTime(blocks * Thresholds.CACHED_BLOCK_MS, false);
  }

  /** Milliseconds of a node and all below it, summed over processes. */
  private static double ofAll(PlanNode node) {
    return TIMED.stream()
        .map(node::number)
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .sum();
  }

  /**
   * The part of the execution time that memory saves.
   *
   * @param share the share of the execution time that the step takes
   */
  double share(PlanSubject subject, double share) {
    return subject.executionMs() == null ? share : Math.min(share, subject.shareOfMs(ms));
  }

  /**
   * What memory saves and what it does not, as sentences; empty where no time was measured.
   *
   * @param step what the step does beside its files
   * @param instead what saves the rest
   */
  String sentences(PlanSubject subject, double share, String step, String instead) {
    Double executionMs = subject.executionMs();
    if (executionMs == null) {
      return "";
    }
    double stepMs = share * executionMs;
    return " Writing and reading the files took %s%s of the %s, which is all that memory saves: the rest is the %s itself. %s."
        .formatted(
            measured ? "" : "about ",
            Wording.ms(Math.min(ms, stepMs)),
            Wording.ms(stepMs),
            step,
            instead);
  }
}
