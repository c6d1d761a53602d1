package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanwise.analyzer.plan.Plan;
import org.junit.jupiter.api.Test;

/** Figures of PostgreSQL 15: in memory the same sort took as long as by way of the disk. */
class SpillTimeTest {

  private static final String SORT =
      """
      Sort  (cost=369057.98..372807.98 rows=1500000 width=106) (actual time=677.646..847.078 rows=1500000 loops=1)
        Sort Key: b
        Sort Method: external merge  Disk: 174728kB
      %s  ->  Seq Scan on t  (cost=0.00..40863.00 rows=1500000 width=106) (actual time=0.020..116.888 rows=1500000 loops=1)
      %sExecution Time: 912.096 ms
      """;

  @Test
  void isWhatTheServerTimed() {
    Cause cause =
        sorted(
            SORT.formatted(
                "  Buffers: shared hit=2083 read=23783, temp read=43676 written=43741\n  I/O Timings: shared read=38.530, temp read=68.141 write=134.389\n",
                "        Buffers: shared hit=2080 read=23783\n        I/O Timings: shared read=38.530\n"));

    assertThat(cause.timeShare()).isCloseTo((847.078 - 116.888) / 912.096, within(1e-6));
    assertThat(cause.curableShare()).isCloseTo((68.141 + 134.389) / 912.096, within(1e-6));
    assertThat(cause.explanation())
        .contains(
            "Writing and reading the files took 203 ms of the 730 ms, which is all that memory saves: the rest is the sorting itself.");
  }

  @Test
  void isReckonedFromBlocksWhereNothingTimedIt() {
    Cause counted =
        sorted(SORT.formatted("  Buffers: shared hit=2083, temp read=4000 written=6000\n", ""));
    Cause printed = sorted(SORT.formatted("", ""));

    assertThat(counted.curableShare())
        .isCloseTo(10_000 * Thresholds.CACHED_BLOCK_MS / 912.096, within(1e-6));
    // Written once and read once.
    assertThat(printed.curableShare())
        .isCloseTo(2 * 174_728 / 8.0 * Thresholds.CACHED_BLOCK_MS / 912.096, within(1e-6));
    assertThat(printed.explanation()).contains("took about 218 ms of the 730 ms");
  }

  @Test
  void ofAJoinCountsWhatTheHashAndTheJoinWrote() {
    Cause cause =
        cause(
            new HashSpillsToDisk(),
            """
            Hash Join  (cost=25681.00..120171.00 rows=200000 width=0) (actual time=136.504..1015.527 rows=600000 loops=1)
              Hash Cond: (t.id = u.id)
              Buffers: shared hit=12685 read=23015, temp read=12995 written=12995
              I/O Timings: shared read=38.899, temp read=23.376 write=69.050
              ->  Seq Scan on t  (cost=0.00..40863.00 rows=1500000 width=65) (actual time=0.021..168.688 rows=1500000 loops=1)
                    Buffers: shared hit=2848 read=23015
                    I/O Timings: shared read=38.899
              ->  Hash  (cost=15837.00..15837.00 rows=600000 width=4) (actual time=135.136..135.138 rows=600000 loops=1)
                    Buckets: 262144  Batches: 4  Memory Usage: 7320kB
                    Buffers: shared hit=9837, temp written=1318
                    I/O Timings: temp write=7.775
                    ->  Seq Scan on u  (cost=0.00..15837.00 rows=600000 width=4) (actual time=0.009..50.832 rows=600000 loops=1)
                          Buffers: shared hit=9837
            Execution Time: 1045.386 ms
            """);

    assertThat(cause.curableShare()).isCloseTo((23.376 + 69.050) / 1045.386, within(1e-6));
  }

  @Test
  void ofAJoinWithoutCountsTakesAllBatchesButTheFirstOfBothSides() {
    Cause cause =
        cause(
            new HashSpillsToDisk(),
            """
            Hash Join  (cost=25681.00..120171.00 rows=200000 width=0) (actual time=136.504..1015.527 rows=600000 loops=1)
              Hash Cond: (t.id = u.id)
              ->  Seq Scan on t  (cost=0.00..40863.00 rows=1500000 width=65) (actual time=0.021..168.688 rows=1500000 loops=1)
              ->  Hash  (cost=15837.00..15837.00 rows=600000 width=4) (actual time=135.136..135.138 rows=600000 loops=1)
                    Buckets: 262144  Batches: 4  Memory Usage: 7320kB
                    ->  Seq Scan on u  (cost=0.00..15837.00 rows=600000 width=4) (actual time=0.009..50.832 rows=600000 loops=1)
            Execution Time: 1045.386 ms
            """);

    double bytes = 0.75 * (1_500_000 * 65 + 600_000 * 4);
    assertThat(cause.curableShare())
        .isCloseTo(2 * bytes / 8_192 * Thresholds.CACHED_BLOCK_MS / 1045.386, within(1e-6));
  }

  private static Cause sorted(String printed) {
    return cause(new SortSpillsToDisk(), printed);
  }

  private static Cause cause(PlanRule rule, String printed) {
    Plan plan = RulePlans.read(printed);
    return RulePlans.onlyCause(RulePlans.examine(rule, plan));
  }
}
