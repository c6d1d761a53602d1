package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.Plan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopNSortReadsManyRowsTest {

  private static final PlanRule RULE = new TopNSortReadsManyRows();

  @Test
  void firesWhereFewOfTheSortedRowsAreReturned() {
    Cause cause = RulePlans.onlyCause(examine("fires"));
    assertThat(cause.rule()).isEqualTo("TopNSortReadsManyRows");
    assertThat(cause.relation()).isEqualTo(new RelationName("public", "trades"));
    assertThat(cause.node().pointer()).isEqualTo("/Plan/Plans/0");
    assertThat(cause.title()).isEqualTo("270,000 rows of public.trades are sorted to return 50");
    assertThat(cause.remedy()).isEqualTo(new Remedy.Index());
    assertThat(cause.timeShare()).isCloseTo(189.356 / 189.41, within(1e-9));
    assertThat(cause.evidence())
        .containsExactly(
            new Evidence("rows sorted", 270_000L, "{row}", "/Plan/Plans/0/Plans/0/Actual Rows"),
            new Evidence("rows returned", 50L, "{row}", "/Plan/Actual Rows"),
            new Evidence(
                "share of the execution time", 0.9997, "1", "/Plan/Plans/0/Actual Total Time"),
            new Evidence("sort method", "top-N heapsort", "1", "/Plan/Plans/0/Sort Method"));
  }

  @Test
  void countsTheRowsOfAllProcessesAndTheTimeOfOne() {
    Cause cause = RulePlans.onlyCause(examine("fires-parallel"));
    assertThat(cause.node().pointer()).isEqualTo("/Plan/Plans/0/Plans/0");
    assertThat(cause.title()).isEqualTo("270,000 rows of public.trades are sorted to return 50");
    assertThat(cause.timeShare()).isCloseTo(97.782 / 114.673, within(1e-9));
  }

  @Test
  void looksPastTheSortOfAnInitPlan() {
    Cause cause = RulePlans.onlyCause(examine("fires-init-plan"));
    assertThat(cause.node().pointer()).isEqualTo("/Plan/Plans/1");
    assertThat(cause.title()).isEqualTo("270,000 rows of public.trades are sorted to return 50");
    assertThat(RulePlans.evidence(cause.evidence(), "rows sorted")).isEqualTo(270_000L);
  }

  @Test
  void sortsAPartitionedTableByTheNameOfItsFirstPartition() {
    Cause cause =
        RulePlans.onlyCause(
            RulePlans.examine(
                RULE,
                RulePlans.read(
                    """
                    Limit  (cost=0.00..90.00 rows=10 width=4) (actual time=0.010..99.000 rows=10 loops=1)
                      ->  Sort  (cost=0.00..90.00 rows=10 width=4) (actual time=0.010..99.000 rows=10 loops=1)
                            Sort Key: m.value DESC
                            ->  Append  (cost=0.00..80.00 rows=40000 width=4) (actual time=0.010..60.000 rows=40000 loops=1)
                                  ->  Seq Scan on public.m_2024 m_1  (cost=0.00..40.00 rows=20000 width=4) (actual time=0.010..30.000 rows=20000 loops=1)
                                  ->  Seq Scan on public.m_2025 m_2  (cost=0.00..40.00 rows=20000 width=4) (actual time=0.010..30.000 rows=20000 loops=1)
                    Execution Time: 100.000 ms
                    """)));
    assertThat(cause.relation()).isEqualTo(new RelationName("public", "m_2024"));
  }

  @Test
  void namesTheTableOfAnExpressionThatAnIndexTakes() {
    Cause cause = RulePlans.onlyCause(examine("fires-expression"));
    assertThat(cause.title()).isEqualTo("99,800 rows of public.customers are sorted to return 20");
    assertThat(cause.remedy()).isEqualTo(new Remedy.Index());
  }

  @Test
  void isClearWhereAnIndexHasTheOrder() {
    assertThat(examine("clear")).isEqualTo(new Verdict.Clear());
  }

  @Test
  void isClearWhereTheRowsMustBeComputedFirst() {
    assertThat(examine("clear-aggregate")).isEqualTo(new Verdict.Clear());
  }

  @Test
  void isInconclusiveWithoutExecution() {
    assertThat(examine("inconclusive"))
        .isEqualTo(
            new Verdict.Inconclusive(
                "rows sorted: the plan was not executed (EXPLAIN without ANALYZE)"));
  }

  @ParameterizedTest
  @CsvSource({
    // sorted, returned, ms of 100
    "10000, 10, 50, true",
    "9999, 10, 50, false",
    "20000, 200, 50, true",
    "20000, 201, 50, false",
    "10000, 0, 50, true",
    "10000, 10, 20, true",
    "10000, 10, 19.9, false"
  })
  void firesFromItsBoundsOn(long sorted, long returned, double ms, boolean fires) {
    Plan plan =
        RulePlans.read(
            """
            Limit  (cost=0.00..90.00 rows=1 width=4) (actual time=0.010..%2$.3f rows=%3$d loops=1)
              ->  Sort  (cost=0.00..80.00 rows=1 width=4) (actual time=0.010..%2$.3f rows=%3$d loops=1)
                    Sort Key: trades.executed_at
                    ->  Seq Scan on public.trades  (cost=0.00..10.00 rows=1 width=4) (actual time=0.010..0.100 rows=%1$d loops=1)
            Execution Time: 100.000 ms
            """
                .formatted(sorted, ms, returned));
    assertThat(RulePlans.examine(RULE, plan) instanceof Verdict.Found).isEqualTo(fires);
  }

  private static Verdict examine(String name) {
    return RulePlans.examine(RULE, RulePlans.recorded("TopNSortReadsManyRows", name));
  }
}
