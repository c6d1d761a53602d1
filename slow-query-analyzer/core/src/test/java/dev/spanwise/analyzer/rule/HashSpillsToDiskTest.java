package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.plan.Plan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HashSpillsToDiskTest {

  private static final PlanRule RULE = new HashSpillsToDisk();

  @ParameterizedTest
  @ValueSource(strings = {"fires", "fires.text", "fires-18"})
  void firesForAJoinWhoseTableIsSplit(String recorded) {
    Cause cause = RulePlans.onlyCause(examine(recorded));
    assertThat(cause.title())
        .isEqualTo(
            "The hash table of 300,000 rows does not fit into memory: 2 batches by way of the disk");
    assertThat(cause.explains())
        .containsExactlyInAnyOrder("/Plan/Plans/0", "/Plan/Plans/0/Plans/1");
    assertThat(RulePlans.step(cause).kind()).isEqualTo(Remedy.Kind.SET_PARAMETER);
  }

  @Test
  void firesForGroupsThatAreSplit() {
    Cause cause = RulePlans.onlyCause(examine("fires-aggregate"));
    assertThat(cause.title())
        .isEqualTo(
            "The hash table of 300,000 groups does not fit into memory: 9 batches by way of the disk");
    assertThat(cause.evidence())
        .extracting(Evidence::name)
        .containsExactly(
            "groups", "batches", "written to disk", "memory used", "share of the execution time");
    // In memory the same groups took 52 MB.
    assertThat(RulePlans.step(cause).statement()).startsWith("SET LOCAL work_mem = '64MB';");
  }

  @Test
  void groupsThatHavingThrowsAwayAreHashedAllTheSame() {
    Plan plan =
        RulePlans.read(
            """
            HashAggregate  (cost=0.00..20.00 rows=50000 width=41) (actual time=90.000..95.000 rows=7 loops=1)
              Group Key: fills.reference
              Filter: (count(*) > 1000)
              Batches: 9  Memory Usage: 4145kB  Disk Usage: 15472kB
              Rows Removed by Filter: 299993
              ->  Seq Scan on public.fills  (cost=0.00..10.00 rows=300000 width=33) (actual time=0.000..10.000 rows=300000 loops=1)
            Execution Time: 100.000 ms
            """);
    Cause cause = RulePlans.onlyCause(RulePlans.examine(RULE, plan));
    assertThat(cause.title()).startsWith("The hash table of 300,000 groups");
    assertThat(RulePlans.evidence(cause.evidence(), "groups")).isEqualTo(300_000L);
    assertThat(RulePlans.step(cause).statement()).startsWith("SET LOCAL work_mem = '64MB';");
  }

  @Test
  void sinceFifteenAHashMayTakeTwiceAsMuchAsASort() {
    Plan plan = RulePlans.recorded("HashSpillsToDisk", "fires-aggregate");
    Cause cause = RulePlans.onlyCause(RulePlans.examine(RULE, plan, Tables.catalogue()));
    assertThat(RulePlans.step(cause).statement()).startsWith("SET LOCAL work_mem = '32MB';");
  }

  @Test
  void theProcessesOfAParallelHashShareTheTable() {
    Cause cause = RulePlans.onlyCause(examine("fires-parallel"));
    assertThat(cause.title()).startsWith("The hash table of 100,000 rows");
    assertThat(RulePlans.step(cause).statement()).startsWith("SET LOCAL work_mem = '16MB';");
  }

  @Test
  void isClearWhereTheTableStaysInMemory() {
    assertThat(examine("clear")).isEqualTo(new Verdict.Clear());
  }

  @Test
  void isInconclusiveWithoutExecution() {
    assertThat(RulePlans.missing(examine("inconclusive")))
        .startsWith("whether hash tables fit into memory");
  }

  @ParameterizedTest
  @CsvSource({"1, 60, false", "2, 60, true", "2, 19, false", "2, 20, true"})
  void splitMeansMoreThanOneBatchAndMuchOfTheTime(int batches, double ownMs, boolean fires) {
    Plan plan =
        RulePlans.read(
            """
            Hash Join  (cost=0.00..20.00 rows=10 width=45) (actual time=0.000..%s rows=10 loops=1)
              Hash Cond: (a.id = b.id)
              ->  Seq Scan on public.a  (cost=0.00..10.00 rows=10 width=4) (actual time=0.000..0.000 rows=10 loops=1)
              ->  Hash  (cost=0.00..10.00 rows=300000 width=4) (actual time=0.000..0.000 rows=300000 loops=1)
                    Buckets: 1024  Batches: %d  Memory Usage: 4000kB
                    ->  Seq Scan on public.b  (cost=0.00..10.00 rows=300000 width=4) (actual time=0.000..0.000 rows=300000 loops=1)
            Execution Time: 100.000 ms
            """
                .formatted(ownMs, batches));
    assertThat(RulePlans.examine(RULE, plan))
        .isInstanceOf(fires ? Verdict.Found.class : Verdict.Clear.class);
  }

  private static Verdict examine(String recorded) {
    return RulePlans.examine(RULE, RulePlans.recorded("HashSpillsToDisk", recorded));
  }
}
