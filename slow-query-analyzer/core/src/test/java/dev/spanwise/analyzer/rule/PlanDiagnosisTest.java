package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.plan.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanDiagnosisTest {

  @Test
  void aScanThatDiscardsAndASortOfTheSameTableAreOneCause() {
    Plan plan = RulePlans.recorded("PlanDiagnosis", "scan-and-sort");
    assertThat(RulePlans.examine(new SeqScanDiscardsMostRows(), plan))
        .isInstanceOf(Verdict.Found.class);
    assertThat(RulePlans.examine(new TopNSortReadsManyRows(), plan))
        .isInstanceOf(Verdict.Found.class);

    assertThat(PlanDiagnosis.of(plan, null).causes())
        .extracting(Cause::rule)
        .containsExactly("SeqScanDiscardsMostRows");
  }

  @Test
  void staleStatisticsStandForTheLoopThatTheyLedTo() {
    Plan plan = RulePlans.recorded("StatisticsAreStale", "fires");
    assertThat(PlanDiagnosis.of(plan, ticks(30_000)).causes())
        .extracting(Cause::rule)
        .containsExactly("StatisticsAreStale");
    assertThat(PlanDiagnosis.of(plan, ticks(0)).causes())
        .extracting(Cause::rule)
        .containsExactly("RowEstimateIsWrong");
    assertThat(RulePlans.examine(new NestedLoopRepeatsTableScan(), plan))
        .isInstanceOf(Verdict.Found.class);
  }

  @Test
  void staleStatisticsThatLedToNothingAreNoCauseBesideAnother() {
    Plan plan = RulePlans.recorded("PlanDiagnosis", "scan-and-statistics");
    Catalogue catalogue =
        Tables.catalogue(
            Tables.table(
                "quotes", 100, 8_192, Tables.changed(60_100, 60_000, null), List.of(), List.of()));
    assertThat(PlanDiagnosis.of(plan, catalogue).causes())
        .extracting(Cause::rule)
        .containsExactly("IndexScanDiscardsMostRows");
  }

  @ParameterizedTest
  @ValueSource(strings = {"without-shares.json", "without-shares.text"})
  void withoutTimesAndCostsNoShareIsKnownAndThatIsSaid(String name) {
    PlanDiagnosis diagnosis = PlanDiagnosis.of(RulePlans.recorded("PlanDiagnosis", name), null);

    assertThat(diagnosis.causes()).isEmpty();
    assertThat(diagnosis.inconclusive().get("Spanwise"))
        .contains("neither times nor costs", "TIMING OFF", "COSTS OFF");
  }

  private static Catalogue ticks(long changed) {
    return Tables.catalogue(
        Tables.table(
            "ticks",
            100_000,
            5_758_976,
            Tables.changed(130_000, changed, Tables.ANALYSED),
            List.of(),
            List.of()));
  }

  @ParameterizedTest
  @CsvSource({"70, JitDominates", "40, JitDominates SeqScanDiscardsMostRows"})
  void whatCompilationTakesInsideOfANodeIsNotTheNodes(double compilationMs, String rules) {
    Plan plan =
        RulePlans.read(
            """
            Seq Scan on public.trades  (cost=0.00..120000.00 rows=1 width=4) (actual time=80.000..85.000 rows=1 loops=1)
              Filter: (trades.account_id = 42)
              Rows Removed by Filter: 299999
            JIT:
              Functions: 4
              Timing: Generation 1.000 ms, Inlining 0.000 ms, Optimization 1.000 ms, Emission 1.000 ms, Total %s ms
            Execution Time: 100.000 ms
            """
                .formatted(compilationMs));
    assertThat(PlanDiagnosis.of(plan, null).causes())
        .extracting(Cause::rule)
        .containsExactlyInAnyOrder(rules.split(" ", -1));
  }

  @Test
  void aSortThatSpillsBeneathALimitIsOneCause() {
    Plan plan = RulePlans.recorded("PlanDiagnosis", "spill-and-limit");
    assertThat(RulePlans.examine(new SortSpillsToDisk(), plan)).isInstanceOf(Verdict.Found.class);
    assertThat(PlanDiagnosis.of(plan, null).causes()).hasSize(1);
  }

  @Test
  void readsOfAScanThatReadsNeedlesslyAreNoCauseOfTheirOwn() {
    Plan plan =
        RulePlans.read(
            """
            Seq Scan on public.trades  (cost=0.00..40.00 rows=1 width=4) (actual time=0.010..90.000 rows=1 loops=1)
              Filter: (trades.account_id = 42)
              Rows Removed by Filter: 299999
              Buffers: shared read=1000
              I/O Timings: shared read=80.000
            Execution Time: 100.000 ms
            """);
    assertThat(RulePlans.examine(new ReadFromDisk(), plan)).isInstanceOf(Verdict.Found.class);
    assertThat(PlanDiagnosis.of(plan, null).causes())
        .extracting(Cause::rule)
        .containsExactly("SeqScanDiscardsMostRows");
  }

  @Test
  void planningAndExecutionAreSlowEachForItsOwnReason() {
    Plan plan =
        RulePlans.read(
            """
            Seq Scan on public.trades  (cost=0.00..40.00 rows=1 width=4) (actual time=0.010..90.000 rows=1 loops=1)
              Filter: (trades.account_id = 42)
              Rows Removed by Filter: 299999
            Planning Time: 300.000 ms
            Execution Time: 100.000 ms
            """);
    assertThat(PlanDiagnosis.of(plan, null).causes())
        .extracting(Cause::rule)
        .containsExactly("PlanningDominates", "SeqScanDiscardsMostRows");
  }

  @Test
  void twoScansOfOneTableByTheSameColumnAreOneCauseShownWhereItTakesMostTime() {
    assertThat(PlanDiagnosis.of(twoScans("trades_1.account_id = 43"), null).causes())
        .extracting(cause -> cause.node().pointer())
        .containsExactly("/Plan/Plans/1");
  }

  @Test
  void twoScansOfOneTableByDifferentColumnsAreTwoCauses() {
    assertThat(PlanDiagnosis.of(twoScans("trades_1.symbol = 'S1'::text"), null).causes())
        .extracting(cause -> cause.node().pointer())
        .containsExactly("/Plan/Plans/1", "/Plan/Plans/0");
  }

  private static Plan twoScans(String secondFilter) {
    return RulePlans.read(
        """
        Append  (cost=0.00..90.00 rows=2 width=4) (actual time=0.010..99.000 rows=2 loops=1)
          ->  Seq Scan on public.trades  (cost=0.00..40.00 rows=1 width=4) (actual time=0.010..30.000 rows=1 loops=1)
                Filter: (trades.account_id = 42)
                Rows Removed by Filter: 299999
          ->  Seq Scan on public.trades trades_1  (cost=0.00..40.00 rows=1 width=4) (actual time=0.010..60.000 rows=1 loops=1)
                Filter: (%s)
                Rows Removed by Filter: 299999
        Execution Time: 100.000 ms
        """
            .formatted(secondFilter));
  }

  @Test
  void causesOfTwoTablesAreBothNamedTheCostlierFirst() {
    Plan plan =
        RulePlans.read(
            """
            Append  (cost=0.00..90.00 rows=2 width=4) (actual time=0.010..99.000 rows=2 loops=1)
              ->  Seq Scan on public.trades  (cost=0.00..40.00 rows=1 width=4) (actual time=0.010..30.000 rows=1 loops=1)
                    Filter: (trades.account_id = 42)
                    Rows Removed by Filter: 299999
              ->  Seq Scan on public.orders  (cost=0.00..40.00 rows=1 width=4) (actual time=0.010..60.000 rows=1 loops=1)
                    Filter: (orders.account_id = 42)
                    Rows Removed by Filter: 299999
            Execution Time: 100.000 ms
            """);
    assertThat(PlanDiagnosis.of(plan, null).causes())
        .extracting(cause -> String.valueOf(cause.relation()))
        .containsExactly("public.orders", "public.trades");
  }

  @Test
  void namesWhatEachRuleMissed() {
    assertThat(
            PlanDiagnosis.of(RulePlans.recorded("SeqScanDiscardsMostRows", "inconclusive"), null)
                .inconclusive())
        .containsOnlyKeys("SeqScanDiscardsMostRows", "StatisticsAreStale");
  }
}
