package dev.spanwise.analyzer.catalogue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A table's counters. See <a
 * href="https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ALL-TABLES-VIEW">pg_stat_all_tables</a>.
 *
 * @param liveRows {@code n_live_tup}
 * @param deadRows {@code n_dead_tup}
 * @param changedSinceAnalyze {@code n_mod_since_analyze}
 * @param insertedSinceVacuum {@code n_ins_since_vacuum}
 * @param deletedRows {@code n_tup_del}
 * @param tableScans {@code seq_scan}: how often it was read from end to end
 * @param lastAnalyze the later of {@code last_analyze} and {@code last_autoanalyze}; null where
 *     there was none
 * @param lastVacuum the later of {@code last_vacuum} and {@code last_autovacuum}; null where there
 *     was none
 */
public record Activity(
    long liveRows,
    long deadRows,
    long changedSinceAnalyze,
    long insertedSinceVacuum,
    long deletedRows,
    long tableScans,
    @Nullable Instant lastAnalyze,
    @Nullable Instant lastVacuum) {

  /** Counters of a table that nothing was deleted from, and that was never read whole. */
  public Activity(
      long liveRows,
      long deadRows,
      long changedSinceAnalyze,
      long insertedSinceVacuum,
      @Nullable Instant lastAnalyze,
      @Nullable Instant lastVacuum) {
    this(
        liveRows,
        deadRows,
        changedSinceAnalyze,
        insertedSinceVacuum,
        0,
        0,
        lastAnalyze,
        lastVacuum);
  }
}
