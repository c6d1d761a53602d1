package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.Plan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NestedLoopRepeatsTableScanTest {

  private static final PlanRule RULE = new NestedLoopRepeatsTableScan();

  @Test
  void firesWhereTheInnerSideReadsATableForEachOuterRow() {
    Cause cause = RulePlans.onlyCause(examine("fires"));
    assertThat(cause.rule()).isEqualTo("NestedLoopRepeatsTableScan");
    assertThat(cause.relation()).isEqualTo(new RelationName("public", "limits"));
    assertThat(cause.node().pointer()).isEqualTo("/Plan/Plans/1");
    assertThat(cause.title()).isEqualTo("public.limits is read from end to end 500 times");
    assertThat(cause.explanation()).contains("1,000,000 rows looked at for 500 joined");
    assertThat(cause.remedy()).isEqualTo(new Remedy.Index());
    assertThat(cause.timeShare()).isCloseTo(426.843 / 427.03, within(1e-9));
    assertThat(cause.evidence())
        .containsExactly(
            new Evidence("repetitions", 500.0, "1", "/Plan/Plans/1/Actual Loops"),
            new Evidence("rows looked at", 1_000_000L, "{row}", "/Plan/Plans/1/Actual Rows"),
            new Evidence("rows joined", 500L, "{row}", "/Plan/Actual Rows"),
            new Evidence("share of the execution time", 0.9996, "1", "/Plan/Actual Total Time"));
  }

  @Test
  void countsWhatIsReadFromAMaterialisedCopy() {
    Cause cause = RulePlans.onlyCause(examine("fires-materialized"));
    assertThat(cause.relation()).isEqualTo(new RelationName("public", "accounts"));
    assertThat(cause.node().pointer()).isEqualTo("/Plan/Plans/1/Plans/0");
    assertThat(cause.title()).isEqualTo("A copy of public.accounts is gone through 2,000 times");
    assertThat(cause.explanation())
        .contains("went through the rows that it had read of public.accounts once and kept again");
    assertThat(RulePlans.evidence(cause.evidence(), "repetitions")).isEqualTo(2_000.0);
    assertThat(RulePlans.evidence(cause.evidence(), "rows looked at")).isEqualTo(438L * 2_000);
  }

  @Test
  void countsTheScansThatACacheDidNotSpare() {
    Plan plan =
        RulePlans.read(
            """
            Nested Loop  (cost=0.00..90.00 rows=1 width=4) (actual time=0.010..90.000 rows=50 loops=1)
              ->  Seq Scan on public.accounts a  (cost=0.00..10.00 rows=1 width=4) (actual time=0.010..0.100 rows=5000 loops=1)
              ->  Memoize  (cost=0.00..10.00 rows=1 width=4) (actual time=0.010..0.011 rows=0 loops=5000)
                    Cache Key: a.id
                    Hits: 4900  Misses: 100  Evictions: 0  Overflows: 0  Memory Usage: 10kB
                    ->  Seq Scan on public.limits l  (cost=0.00..10.00 rows=1 width=4) (actual time=0.010..0.800 rows=0 loops=100)
                          Filter: (l.account_id = a.id)
                          Rows Removed by Filter: 2000
            Execution Time: 100.000 ms
            """);
    assertThat(RulePlans.onlyCause(RulePlans.examine(RULE, plan)).title())
        .isEqualTo("public.limits is read from end to end 100 times");
  }

  @Test
  void tellsTheInnerSideFromAnInitPlan() {
    Cause cause = RulePlans.onlyCause(examine("fires-init-plan"));
    assertThat(cause.node().pointer()).isEqualTo("/Plan/Plans/2");
    assertThat(cause.title()).isEqualTo("public.limits is read from end to end 500 times");
  }

  @Test
  void isClearWhereAnIndexLeadsToTheInnerRows() {
    assertThat(examine("clear")).isEqualTo(new Verdict.Clear());
  }

  @Test
  void isInconclusiveWithoutExecution() {
    assertThat(examine("inconclusive"))
        .isEqualTo(
            new Verdict.Inconclusive(
                "repetitions of the inner side: the plan was not executed (EXPLAIN without ANALYZE)"));
  }

  @ParameterizedTest
  @CsvSource({
    // repetitions, rows of each, rows joined, ms of 100
    "10, 10000, 10, 50, true",
    "9, 12000, 10, 50, false",
    "100, 1000, 10, 50, true",
    "100, 999, 10, 50, false",
    "100, 1000, 10000, 50, true",
    "100, 1000, 10001, 50, false",
    "100, 1000, 10, 20, true",
    "100, 1000, 10, 19.9, false"
  })
  void firesFromItsBoundsOn(int repetitions, int rows, int joined, double ms, boolean fires) {
    Plan plan =
        RulePlans.read(
            """
            Nested Loop  (cost=0.00..90.00 rows=1 width=4) (actual time=0.010..%4$.3f rows=%3$d loops=1)
              Join Filter: (a.id = l.account_id)
              ->  Seq Scan on public.accounts a  (cost=0.00..10.00 rows=1 width=4) (actual time=0.010..0.100 rows=%1$d loops=1)
              ->  Seq Scan on public.limits l  (cost=0.00..10.00 rows=1 width=4) (actual time=0.010..0.011 rows=%2$d loops=%1$d)
            Execution Time: 100.000 ms
            """
                .formatted(repetitions, rows, joined, ms));
    assertThat(RulePlans.examine(RULE, plan) instanceof Verdict.Found).isEqualTo(fires);
  }

  private static Verdict examine(String name) {
    return RulePlans.examine(RULE, RulePlans.recorded("NestedLoopRepeatsTableScan", name));
  }
}
