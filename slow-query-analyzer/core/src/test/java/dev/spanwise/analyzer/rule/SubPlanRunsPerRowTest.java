package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.Plan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubPlanRunsPerRowTest {

  private static final PlanRule RULE = new SubPlanRunsPerRow();

  @ParameterizedTest
  @ValueSource(strings = {"fires", "fires-18"})
  void firesWhereShortRunsAddUp(String name) {
    Cause cause = RulePlans.onlyCause(examine(name));
    assertThat(cause.relation()).isEqualTo(new RelationName("public", "orders"));
    assertThat(cause.title())
        .isEqualTo("The subquery on public.orders runs 20,000 times, once for each row");
    assertThat(RulePlans.evidence(cause.evidence(), "runs")).isEqualTo(20_000.0);
    assertThat(cause.explains())
        .containsExactlyInAnyOrder("/Plan/Plans/0", "/Plan/Plans/0/Plans/0");
    assertThat(cause.timeShare()).isGreaterThan(0.5);
    assertThat(step(cause).kind()).isEqualTo(Remedy.Kind.REWRITE_QUERY);
    assertThat(step(cause).statement())
        .contains(
            "LEFT JOIN (SELECT customer_id, … FROM public.orders GROUP BY customer_id) by customer_id");
  }

  @Test
  void findsTheFirstRowOfEachAtOnce() {
    assertThat(step(RulePlans.onlyCause(examine("fires-first-row"))).statement())
        .contains("SELECT DISTINCT ON (customer_id) … FROM public.orders ORDER BY customer_id, …");
  }

  @Test
  void asksForNotExistsWhereTheSubqueryNamesNothingOfTheOuterQuery() {
    assertThat(step(RulePlans.onlyCause(examine("fires-not-in"))).statement())
        .startsWith("Write NOT EXISTS for NOT IN");
  }

  @Test
  void leavesToTheScanWhatAnIndexWouldMend() {
    assertThat(
            PlanDiagnosis.of(RulePlans.recorded("SubPlanRunsPerRow", "reads-table"), null).causes())
        .extracting(Cause::rule)
        .containsExactly("SeqScanDiscardsMostRows");
  }

  @ParameterizedTest
  @ValueSource(strings = {"clear", "clear-hashed"})
  void isClearWhereItRunsSeldom(String name) {
    assertThat(examine(name)).isEqualTo(new Verdict.Clear());
  }

  @Test
  void isInconclusiveWithoutExecution() {
    assertThat(examine("inconclusive"))
        .isEqualTo(
            new Verdict.Inconclusive(
                "runs of the subplans: the plan was not executed (EXPLAIN without ANALYZE)"));
  }

  @ParameterizedTest
  @CsvSource({
    // runs, ms of each, of 100 ms
    "1000, 0.020, true",
    "999, 0.090, false",
    "1000, 0.019, false"
  })
  void firesFromItsBoundsOn(long runs, double ms, boolean fires) {
    Plan plan =
        RulePlans.read(
            """
            Seq Scan on public.a  (cost=0.00..10.00 rows=1 width=4) (actual time=0.010..99.000 rows=%d loops=1)
              SubPlan 1
                ->  Index Scan using b_pkey on public.b  (cost=0.00..1.00 rows=1 width=4) (actual time=0.001..%.3f rows=1 loops=%d)
                      Index Cond: (b.id = a.b_id)
            Execution Time: 100.000 ms
            """
                .formatted(runs, ms, runs));
    assertThat(RulePlans.examine(RULE, plan) instanceof Verdict.Found).isEqualTo(fires);
  }

  @ParameterizedTest
  @CsvSource({
    // runs, ms of each, of 100 ms
    "10, 2, true",
    "9, 10, false",
    "10, 1.9, false"
  })
  void fewRunsAreEnoughWhereEachReadsAllAgain(long runs, double ms, boolean fires) {
    Plan plan =
        RulePlans.read(
            """
            Seq Scan on public.a  (cost=0.00..10.00 rows=1 width=4) (actual time=0.010..99.000 rows=%d loops=1)
              Filter: (NOT (SubPlan 1))
              SubPlan 1
                ->  Materialize  (cost=0.00..1.00 rows=9000 width=4) (actual time=0.001..%.3f rows=9000 loops=%d)
                      ->  Seq Scan on public.b  (cost=0.00..1.00 rows=9000 width=4) (actual time=0.001..0.100 rows=9000 loops=1)
            Execution Time: 100.000 ms
            """
                .formatted(runs, ms, runs));
    assertThat(RulePlans.examine(RULE, plan) instanceof Verdict.Found).isEqualTo(fires);
  }

  @ParameterizedTest
  @CsvSource({
    "0.999, 'Each run is short, and 12 of them took'",
    "400, 'A run takes 400 ms on average, and 12 of them took'"
  })
  void saysHowLongARunTakes(double ms, String said) {
    Plan plan =
        RulePlans.read(
            """
            Seq Scan on public.a  (cost=0.00..10.00 rows=1 width=4) (actual time=0.010..%1$.3f rows=12 loops=1)
              SubPlan 1
                ->  Seq Scan on public.b  (cost=0.00..1.00 rows=9000 width=4) (actual time=0.001..%2$.3f rows=9000 loops=12)
                      Filter: (b.id > a.b_id)
            Execution Time: %1$.3f ms
            """
                .formatted(13 * ms, ms));
    assertThat(RulePlans.onlyCause(RulePlans.examine(RULE, plan)).explanation()).contains(said);
  }

  @Test
  void namesTheColumnToJoinBy() {
    Plan plan =
        RulePlans.read(
            """
            Seq Scan on public.a  (cost=0.00..10.00 rows=1 width=4) (actual time=0.010..99.000 rows=5000 loops=1)
              SubPlan 1
                ->  Index Scan using b_pkey on public.b  (cost=0.00..1.00 rows=1 width=4) (actual time=0.001..0.018 rows=1 loops=5000)
                      Index Cond: ((b.id = a.b_id) AND (b.kind = 7))
            Execution Time: 100.000 ms
            """);
    assertThat(step(RulePlans.onlyCause(RulePlans.examine(RULE, plan))).statement())
        .startsWith("Join public.b by id in place of the subquery");
  }

  private static Remedy.Step step(Cause cause) {
    return (Remedy.Step) cause.remedy();
  }

  private static Verdict examine(String name) {
    return RulePlans.examine(RULE, RulePlans.recorded("SubPlanRunsPerRow", name));
  }
}
