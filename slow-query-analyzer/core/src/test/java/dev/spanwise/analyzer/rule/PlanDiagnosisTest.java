package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.catalogue.Activity;
import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.plan.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;

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
  void statisticsAreACauseOfTheirOwn() {
    Relation quotes =
        new Relation(
            "public",
            "quotes",
            Relation.Kind.TABLE,
            100.0,
            8_192,
            List.of(),
            List.of(),
            new Activity(60_100, 0, 60_000, 0, null, null));
    Catalogue catalogue = new Catalogue(150_000, List.of(quotes), List.of());
    PlanDiagnosis diagnosis =
        PlanDiagnosis.of(RulePlans.recorded("PlanDiagnosis", "scan-and-statistics"), catalogue);
    assertThat(diagnosis.causes())
        .extracting(Cause::rule)
        .containsExactlyInAnyOrder("IndexScanDiscardsMostRows", "StatisticsAreStale");
    assertThat(diagnosis.inconclusive()).isEmpty();
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
