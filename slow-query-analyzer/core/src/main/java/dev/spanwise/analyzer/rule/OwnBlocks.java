package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.plan.Buffers;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.function.ToDoubleFunction;

/** Blocks that a node touched by itself: PostgreSQL counts those of all below it too. */
final class OwnBlocks {

  /** Bytes of a block, as PostgreSQL is built by default. */
  static final double BYTES = 8_192;

  private OwnBlocks() {}

  /** Blocks of tables and indexes, in shared buffers or not. */
  static double touched(PlanNode node) {
    return counted(node, buffers -> (double) buffers.sharedHit() + buffers.sharedRead());
  }

  /** Blocks of tables and indexes that were not in shared buffers. */
  static double read(PlanNode node) {
    return counted(node, Buffers::sharedRead);
  }

  /** Blocks of temporary files, written and read. */
  static double temp(PlanNode node) {
    return counted(node, buffers -> (double) buffers.tempRead() + buffers.tempWritten());
  }

  /** Blocks of temporary files. */
  static double tempWritten(PlanNode node) {
    return counted(node, Buffers::tempWritten);
  }

  private static double counted(PlanNode node, ToDoubleFunction<Buffers> count) {
    return own(
        node,
        any -> {
          Buffers buffers = any.buffers();
          return buffers == null ? 0 : count.applyAsDouble(buffers);
        });
  }

  /** What a node has of a number that counts all below it too. */
  static double own(PlanNode node, ToDoubleFunction<PlanNode> total) {
    return Math.max(
        0, total.applyAsDouble(node) - node.children().stream().mapToDouble(total).sum());
  }
}
