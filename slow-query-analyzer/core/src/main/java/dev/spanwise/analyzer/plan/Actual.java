package dev.spanwise.analyzer.plan;

import org.jspecify.annotations.Nullable;

/**
 * What the executor measured of a node. PostgreSQL prints the average of one loop; under Gather
 * each participating process counts as a loop. A node that never ran has zero loops.
 *
 * @param rows rows returned, per loop (a fraction since PostgreSQL 18, rounded before)
 * @param loops how often the node was started
 * @param startupMs time to the first row, per loop; null with TIMING off
 * @param totalMs time to the last row, per loop; null with TIMING off
 * @param removedByFilter rows that the filter threw away, per loop; null where not printed
 * @param removedByJoinFilter rows that the join filter threw away, per loop; null where not printed
 * @param removedByRecheck rows that an index recheck threw away, per loop; null where not printed
 */
public record Actual(
    double rows,
    long loops,
    @Nullable Double startupMs,
    @Nullable Double totalMs,
    @Nullable Double removedByFilter,
    @Nullable Double removedByJoinFilter,
    @Nullable Double removedByRecheck) {

  /** Rows returned over all loops and processes. */
  public double totalRows() {
    return rows * loops;
  }

  /** Rows that the filter threw away over all loops and processes; zero where none are printed. */
  public double totalRemovedByFilter() {
    return removedByFilter == null ? 0 : removedByFilter * loops;
  }
}
