package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.Plan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexScanDiscardsMostRowsTest {

  private static final PlanRule RULE = new IndexScanDiscardsMostRows();

  @Test
  void firesWhereTheFilterThrowsAwayWhatTheIndexFound() {
    Cause cause = RulePlans.onlyCause(examine("fires"));
    assertThat(cause.rule()).isEqualTo("IndexScanDiscardsMostRows");
    assertThat(cause.relation()).isEqualTo(new RelationName("public", "trades"));
    assertThat(cause.node().pointer()).isEqualTo("/Plan");
    assertThat(cause.title())
        .isEqualTo(
            "The index trades_symbol_idx on public.trades leads to rows of which 100 % are thrown away");
    assertThat(cause.explanation()).contains("fetched 18,000 rows through it and kept 0");
    assertThat(cause.remedy()).isEqualTo(new Remedy.Index());
    assertThat(cause.timeShare()).isCloseTo(13.873 / 13.985, within(1e-9));
    assertThat(cause.evidence())
        .containsExactly(
            new Evidence("rows read", 18_000L, "{row}", "/Plan/Actual Rows"),
            new Evidence("rows thrown away", 18_000L, "{row}", "/Plan/Rows Removed by Filter"),
            new Evidence("share thrown away", 1.0, "1", "/Plan"),
            new Evidence("share of the execution time", 0.992, "1", "/Plan/Actual Total Time"));
  }

  @Test
  void isClearWhereTheFilterKeepsWhatTheIndexFound() {
    assertThat(examine("clear")).isEqualTo(new Verdict.Clear());
  }

  @Test
  void isInconclusiveWithoutExecution() {
    assertThat(examine("inconclusive"))
        .isEqualTo(
            new Verdict.Inconclusive(
                "rows thrown away by the filter: the plan was not executed (EXPLAIN without ANALYZE)"));
  }

  @ParameterizedTest
  @CsvSource({
    // kept and thrown away by each of ten loops, ms of each, of 100 in all
    "100, 1000, 5, true",
    "100, 999, 5, false",
    "111, 1000, 5, true",
    "112, 1000, 5, false",
    "0, 1000, 2, true",
    "0, 1000, 1.99, false"
  })
  void firesFromItsBoundsOnOverAllLoops(long kept, long thrownAway, double ms, boolean fires) {
    Plan plan =
        RulePlans.read(
            """
            Nested Loop  (cost=0.00..90.00 rows=1 width=4) (actual time=0.010..99.000 rows=10 loops=1)
              ->  Seq Scan on public.accounts  (cost=0.00..10.00 rows=10 width=4) (actual time=0.010..0.020 rows=10 loops=1)
              ->  Index Scan using trades_symbol_idx on public.trades  (cost=0.00..10.00 rows=1 width=4) (actual time=0.010..%.3f rows=%d loops=10)
                    Index Cond: (trades.symbol = accounts.symbol)
                    Filter: (trades.account_id = 42)
                    Rows Removed by Filter: %d
            Execution Time: 100.000 ms
            """
                .formatted(ms, kept, thrownAway));
    assertThat(RulePlans.examine(RULE, plan) instanceof Verdict.Found).isEqualTo(fires);
  }

  @ParameterizedTest
  @CsvSource({
    // thrown away by each of two thousand starts
    "10, true",
    "9, false"
  })
  void isClearWhereItIsTheManyStartsThatTakeTheTime(long thrownAway, boolean fires) {
    Plan plan =
        RulePlans.read(
            """
            Nested Loop  (cost=0.00..90.00 rows=1 width=4) (actual time=0.010..99.000 rows=0 loops=1)
              ->  Seq Scan on public.accounts  (cost=0.00..10.00 rows=10 width=4) (actual time=0.010..0.020 rows=2000 loops=1)
              ->  Index Scan using trades_symbol_idx on public.trades  (cost=0.00..10.00 rows=1 width=4) (actual time=0.010..0.040 rows=0 loops=2000)
                    Index Cond: (trades.symbol = accounts.symbol)
                    Filter: (trades.account_id = 42)
                    Rows Removed by Filter: %d
            Execution Time: 100.000 ms
            """
                .formatted(thrownAway));
    assertThat(RulePlans.examine(RULE, plan) instanceof Verdict.Found).isEqualTo(fires);
  }

  private static Verdict examine(String name) {
    return RulePlans.examine(RULE, RulePlans.recorded("IndexScanDiscardsMostRows", name));
  }
}
