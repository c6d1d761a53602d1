package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SortSpillsToDiskTest {

  private static final PlanRule RULE = new SortSpillsToDisk();

  @ParameterizedTest
  @ValueSource(strings = {"fires", "fires.text", "fires-18", "fires-18.text"})
  void firesForASortThatWritesToDisk(String recorded) {
    Cause cause = examine(recorded);
    assertThat(cause.title()).startsWith("300,000 rows of public.fills are sorted on disk");
    assertThat(cause.explains()).containsExactly("/Plan");
    assertThat(cause.timeShare()).isBetween(0.2, 1.0);
    assertThat((long) RulePlans.evidence(cause.evidence(), "written to disk"))
        .isBetween(10L << 20, 20L << 20);
    // In memory the same sort took 35 to 38 MB.
    assertThat(RulePlans.step(cause))
        .isEqualTo(
            new Remedy.Step(
                Remedy.Kind.SET_PARAMETER,
                """
                SET LOCAL work_mem = '64MB'; -- for this statement alone, in its transaction
                -- or for all that the application sends, from its next connection on:
                -- ALTER ROLE <role of the application> SET work_mem = '64MB';""",
                "how much memory a step takes is known only once it runs"));
  }

  @Test
  void eachProcessOfAParallelSortNeedsItsOwnPart() {
    Cause cause = examine("fires-parallel");
    assertThat(cause.title())
        .startsWith("100,000 rows of public.fills are sorted on disk")
        .endsWith("in each of 3 processes");
    assertThat(RulePlans.step(cause).statement()).startsWith("SET LOCAL work_mem = '16MB';");
  }

  @Test
  void firesForTheGroupsOfAnIncrementalSort() {
    Cause cause = examine("fires-incremental");
    assertThat(cause.node().typeName()).isEqualTo("Incremental Sort");
    assertThat(cause.title())
        .isEqualTo(
            "300,000 rows of public.trades are sorted on disk, not in memory: the largest of 50 groups took 328 kB");
    // 1.5 times the 328 kB of the largest, and 64 bytes for each of its 8,397 rows.
    assertThat(cause.explanation()).contains("In memory the largest group takes about 1017 kB.");
    assertThat(cause.evidence())
        .contains(
            Evidence.bytes(
                "written to disk",
                328 * 1_024,
                "/Plan/Pre-sorted Groups/Sort Space Disk/Peak Sort Space Used"));
    // It ran with 64 kB.
    assertThat(RulePlans.step(cause).statement()).startsWith("SET LOCAL work_mem = '8MB';");
  }

  @Test
  void theProcessesOfAParallelIncrementalSortHaveGroupsOfTheirOwn() {
    PlanNode sort =
        RulePlans.read(
                """
            Gather Merge  (cost=0.00..30.00 rows=300000 width=45) (actual time=0.000..95.000 rows=300000 loops=1)
              Workers Planned: 1
              Workers Launched: 1
              ->  Incremental Sort  (cost=0.00..20.00 rows=150000 width=45) (actual time=0.000..90.000 rows=150000 loops=2)
                    Sort Key: trades.symbol, trades.id
                    Presorted Key: trades.symbol
                    Full-sort Groups: 1  Sort Method: quicksort  Average Memory: 29kB  Peak Memory: 29kB
                    Pre-sorted Groups: 1  Sort Method: external merge  Average Disk: 9000kB  Peak Disk: 9000kB
                    Worker 0:  Full-sort Groups: 2  Sort Method: quicksort  Average Memory: 29kB  Peak Memory: 29kB
                      Pre-sorted Groups: 2  Sort Method: external merge  Average Disk: 8000kB  Peak Disk: 9500kB
                    ->  Parallel Index Scan using trades_symbol_idx on public.trades  (cost=0.00..10.00 rows=150000 width=45) (actual time=0.000..10.000 rows=150000 loops=2)
            Execution Time: 100.000 ms
            """)
            .root()
            .children()
            .get(0);
    // A row takes its 45 bytes and a header of 10.
    assertThat(SpilledGroups.of(sort))
        .contains(new SpilledGroups("Pre-sorted Groups", 3, 9_500 * 1_024, 9_500 * 1_024 / 55.0));
  }

  @Test
  void rowsAndGroupsOfAParallelIncrementalSortAreThoseOfAllProcesses() {
    Plan plan =
        RulePlans.read(
            """
            Gather Merge  (cost=0.00..30.00 rows=300000 width=45) (actual time=0.000..9500.000 rows=300000 loops=1)
              Workers Planned: 2
              Workers Launched: 2
              ->  Incremental Sort  (cost=0.00..20.00 rows=150000 width=45) (actual time=0.000..9000.000 rows=100000 loops=3)
                    Sort Key: trades.symbol, trades.id
                    Presorted Key: trades.symbol
                    Full-sort Groups: 1  Sort Method: quicksort  Average Memory: 29kB  Peak Memory: 29kB
                    Worker 0:  Full-sort Groups: 2  Sort Method: quicksort  Average Memory: 29kB  Peak Memory: 29kB
                      Pre-sorted Groups: 2  Sort Method: external merge  Average Disk: 8000kB  Peak Disk: 9500kB
                    Worker 1:  Full-sort Groups: 2  Sort Method: external merge  Average Disk: 8000kB  Peak Disk: 9500kB
                    ->  Parallel Index Scan using trades_symbol_idx on trades  (cost=0.00..10.00 rows=150000 width=45) (actual time=0.000..10.000 rows=100000 loops=3)
            Execution Time: 9600.000 ms
            """);
    assertThat(RulePlans.onlyCause(RulePlans.examine(RULE, plan)).title())
        .isEqualTo(
            "300,000 rows of trades are sorted on disk, not in memory: the largest of 2 groups took 9 MB");
  }

  @Test
  void groupsThatStayedInMemoryMakeTheLargestNoLarger() {
    Plan plan =
        RulePlans.read(
            """
            Incremental Sort  (cost=84.59..95269.28 rows=800000 width=8) (actual time=1.671..402.811 rows=800000 loops=1)
              Sort Key: a, b
              Presorted Key: a
              Full-sort Groups: 1001  Sort Method: quicksort  Average Memory: 28kB  Peak Memory: 28kB
              Pre-sorted Groups: 1001  Sort Methods: quicksort, external merge  Average Memory: 47kB  Peak Memory: 48kB  Average Disk: 5kB  Peak Disk: 5296kB
              ->  Index Scan using s_a_idx on s  (cost=0.42..22885.00 rows=800000 width=8) (actual time=0.049..203.232 rows=800000 loops=1)
            Settings: work_mem = '1MB'
            Execution Time: 431.360 ms
            """);
    Cause cause = RulePlans.onlyCause(RulePlans.examine(RULE, plan));
    assertThat(cause.title()).endsWith("the largest of 1,001 groups took 5 MB");
    // The largest had 300,000 rows of 18 bytes.
    assertThat(cause.explanation()).contains("In memory the largest group takes about 26 MB.");
    assertThat(RulePlans.step(cause).statement()).startsWith("SET LOCAL work_mem = '32MB';");
  }

  @Test
  void firesForWhatAnAggregateSortsItself() {
    Cause cause = examine("fires-aggregate");
    assertThat(cause.node().typeName()).isEqualTo("Aggregate");
    assertThat((long) RulePlans.evidence(cause.evidence(), "written to disk"))
        .isBetween(10L << 20, 12L << 20);
  }

  @Test
  void isClearWhereTheSortStaysInMemory() {
    assertThat(RulePlans.examine(RULE, RulePlans.recorded("SortSpillsToDisk", "clear")))
        .isEqualTo(new Verdict.Clear());
  }

  @Test
  void isInconclusiveWithoutExecution() {
    assertThat(
            RulePlans.missing(
                RulePlans.examine(RULE, RulePlans.recorded("SortSpillsToDisk", "inconclusive"))))
        .startsWith("whether sorts fit into memory");
  }

  @ParameterizedTest
  @CsvSource({
    // the sort's own time, execution time
    "20, 100, true",
    "19, 100, false",
    "5, 6, true",
    "4.9, 6, false"
  })
  void aSortThatTakesLittleTimeDoesNotMatter(double ownMs, double executionMs, boolean fires) {
    assertThat(RulePlans.examine(RULE, plan(ownMs, executionMs, 17_048, "")))
        .isInstanceOf(fires ? Verdict.Found.class : Verdict.Clear.class);
  }

  @ParameterizedTest
  @CsvSource({
    "600000, SET_PARAMETER",
    // 1.5 times the size on disk, and 64 bytes for each of 300,000 rows, exceed a gigabyte.
    "700000, REWRITE_QUERY"
  })
  void moreThanAGigabyteIsNotForASettingToGive(long diskKilobytes, Remedy.Kind kind) {
    Cause cause = RulePlans.onlyCause(RulePlans.examine(RULE, plan(90, 100, diskKilobytes, "")));
    assertThat(RulePlans.step(cause).kind()).isEqualTo(kind);
  }

  @Test
  void whatIsAdvisedIsMoreThanWhatThereIs() {
    Plan plan = plan(90, 100, 1_000, "Settings: work_mem = '128MB'\n");
    Cause cause = RulePlans.onlyCause(RulePlans.examine(RULE, plan));
    assertThat(RulePlans.step(cause).statement()).startsWith("SET LOCAL work_mem = '256MB';");
  }

  private static Cause examine(String recorded) {
    return RulePlans.onlyCause(
        RulePlans.examine(RULE, RulePlans.recorded("SortSpillsToDisk", recorded)));
  }

  private static Plan plan(double ownMs, double executionMs, long diskKilobytes, String settings) {
    return RulePlans.read(
        """
        Sort  (cost=10.00..20.00 rows=300000 width=45) (actual time=0.000..%s rows=300000 loops=1)
          Sort Key: fills.reference
          Sort Method: external merge  Disk: %dkB
          ->  Seq Scan on public.fills  (cost=0.00..10.00 rows=300000 width=45) (actual time=0.000..0.000 rows=300000 loops=1)
        %sExecution Time: %s ms
        """
            .formatted(ownMs, diskKilobytes, settings, executionMs));
  }
}
