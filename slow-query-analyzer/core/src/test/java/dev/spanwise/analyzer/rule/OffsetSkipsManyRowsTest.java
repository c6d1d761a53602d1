package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Index;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetSkipsManyRowsTest {

  private static final PlanRule RULE = new OffsetSkipsManyRows();

  @Test
  void firesWhereFarMoreRowsAreFoundThanReturned() {
    Cause cause = RulePlans.onlyCause(examine("fires"));
    assertThat(cause.relation()).isEqualTo(new RelationName("public", "orders"));
    assertThat(cause.title())
        .isEqualTo("60,000 rows of public.orders are found and left out before the page of 20");
    assertThat(cause.explanation()).contains("60,020 rows for the 20 returned.");
    assertThat(cause.timeShare()).isCloseTo((21.436 - 0.030) / 21.487, within(1e-9));
    assertThat(((Remedy.Step) cause.remedy()).kind()).isEqualTo(Remedy.Kind.REWRITE_QUERY);
    assertThat(((Remedy.Step) cause.remedy()).statement()).startsWith("Page by key");
  }

  @Test
  void firesForAPageBeyondTheEnd() {
    assertThat(RulePlans.onlyCause(examine("fires-beyond-the-end")).title())
        .isEqualTo("100,000 rows of public.orders are found and left out before the page of 0");
  }

  @Test
  void takesTheColumnsOfTheIndexThatIsRead() {
    Relation orders =
        new Relation(
            "public",
            "orders",
            Relation.Kind.TABLE,
            100_000.0,
            8_192,
            List.of(),
            List.of(
                new Index(
                    "orders_pkey",
                    "btree",
                    List.of(new Index.Key("id", null, false, false, null)),
                    List.of(),
                    null,
                    true,
                    true,
                    0,
                    8_192)),
            null);
    Cause cause =
        RulePlans.onlyCause(
            RulePlans.examine(
                RULE,
                RulePlans.recorded("OffsetSkipsManyRows", "fires"),
                new Catalogue(150_000, List.of(orders), List.of())));
    assertThat(((Remedy.Step) cause.remedy()).statement())
        .contains("after the last row of this one, WHERE id > its value there, with LIMIT alone");
  }

  @Test
  void standsForTheSortWhereThePageLiesSoDeepThatAnIndexWouldBeReadAsFar() {
    Plan plan = RulePlans.recorded("OffsetSkipsManyRows", "fires-deep-sort");
    Cause cause = RulePlans.onlyCause(RulePlans.examine(RULE, plan));
    assertThat(cause.timeShare()).isGreaterThan(0.99);
    assertThat(((Remedy.Step) cause.remedy()).statement())
        .contains("WHERE (placed_at, id) < (their values there)")
        .endsWith("CREATE INDEX CONCURRENTLY ON public.orders (placed_at, id)");
    assertThat(PlanDiagnosis.of(plan, null).causes())
        .extracting(Cause::rule)
        .containsExactly("OffsetSkipsManyRows");
  }

  @ParameterizedTest
  @ValueSource(strings = {"clear", "clear-shallow-sort", "clear-aggregate"})
  void isClearWhereThePageIsNearOrTheTimeWentBeforeTheFirstRow(String name) {
    assertThat(examine(name)).isEqualTo(new Verdict.Clear());
  }

  @Test
  void isInconclusiveWithoutExecution() {
    assertThat(examine("inconclusive"))
        .isEqualTo(
            new Verdict.Inconclusive(
                "rows left out by OFFSET: the plan was not executed (EXPLAIN without ANALYZE)"));
  }

  @ParameterizedTest
  @CsvSource({
    // found, returned, ms at the first row out, of 100
    "1000, 0, 20, true",
    "999, 0, 20, false",
    "10000, 1000, 20, true",
    "10000, 1001, 20, false",
    "1000, 0, 19.9, false"
  })
  void firesFromItsBoundsOn(long found, long returned, double firstMs, boolean fires) {
    Plan plan =
        RulePlans.read(
            """
            Limit  (cost=0.00..10.00 rows=1 width=4) (actual time=%.3f..100.000 rows=%d loops=1)
              ->  Seq Scan on public.t  (cost=0.00..9.00 rows=1 width=4) (actual time=0.000..80.000 rows=%d loops=1)
            Execution Time: 100.000 ms
            """
                .formatted(firstMs, returned, found));
    assertThat(RulePlans.examine(RULE, plan) instanceof Verdict.Found).isEqualTo(fires);
  }

  @Test
  void judgesByRowsAndCostsWhereTimesWereNotMeasured() {
    Plan plan =
        RulePlans.read(
            """
            Limit  (cost=9.00..10.00 rows=1 width=4) (actual rows=10 loops=1)
              ->  Seq Scan on public.t  (cost=0.00..9.00 rows=1 width=4) (actual rows=50010 loops=1)
            Execution Time: 100.000 ms
            """);
    assertThat(RulePlans.onlyCause(RulePlans.examine(RULE, plan)).timeShare())
        .isCloseTo(50_000 / 50_010.0, within(1e-9));
  }

  @Test
  void comparesColumnsInTurnWhereTheirDirectionsDiffer() {
    Plan plan =
        RulePlans.read(
            """
            Limit  (cost=9.00..10.00 rows=1 width=4) (actual time=95.000..95.010 rows=10 loops=1)
              ->  Sort  (cost=0.00..9.00 rows=1 width=4) (actual time=80.000..90.000 rows=50010 loops=1)
                    Sort Key: t.at DESC, t.id
                    ->  Seq Scan on public.t  (cost=0.00..9.00 rows=1 width=4) (actual time=0.010..20.000 rows=60000 loops=1)
            Execution Time: 100.000 ms
            """);
    assertThat(
            ((Remedy.Step) RulePlans.onlyCause(RulePlans.examine(RULE, plan)).remedy()).statement())
        .contains("by comparing at and id one after the other (the directions differ)")
        .endsWith("ON public.t (at DESC, id)");
  }

  @Test
  void namesThePartitionedTableAndNotThePartitionThatWasRead() {
    Plan plan =
        RulePlans.read(
            """
            Limit  (cost=9.00..10.00 rows=1 width=4) (actual time=95.000..95.010 rows=10 loops=1)
              ->  Sort  (cost=0.00..9.00 rows=1 width=4) (actual time=80.000..90.000 rows=50010 loops=1)
                    Sort Key: m_1.taken_at
                    ->  Seq Scan on public.m_01 m_1  (cost=0.00..9.00 rows=1 width=4) (actual time=0.010..20.000 rows=60000 loops=1)
            Execution Time: 100.000 ms
            """);
    RelationName name = new RelationName("public", "m");
    Catalogue catalogue =
        Tables.catalogue(Tables.partition("m", null), Tables.partition("m_01", name));
    Cause cause = RulePlans.onlyCause(RulePlans.examine(RULE, plan, catalogue));
    assertThat(cause.relation()).isEqualTo(name);
    assertThat(cause.title()).startsWith("50,000 rows of public.m are found");
    assertThat(RulePlans.step(cause).statement()).endsWith("CREATE INDEX ON public.m (taken_at)");
  }

  private static Verdict examine(String name) {
    return RulePlans.examine(RULE, RulePlans.recorded("OffsetSkipsManyRows", name));
  }
}
