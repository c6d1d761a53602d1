package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.plan.Plan;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowEstimateIsWrongTest {

  private static final PlanRule RULE = new RowEstimateIsWrong();
  private static final Catalogue FRESH =
      Tables.catalogue(
          Tables.table("addresses", 300_000, 20_480_000),
          Tables.table("fills", 300_000, 22_970_368),
          Tables.table("accounts", 2_000, 98_304));

  @ParameterizedTest
  @ValueSource(strings = {"fires", "fires.text", "fires-18"})
  void firesForAConditionThatNoStatisticsDescribe(String recorded) {
    Cause cause = RulePlans.onlyCause(examine(recorded, FRESH));
    assertThat(cause.title())
        .isEqualTo("The planner was wrong by 3,000 times about the rows of public.addresses");
    assertThat(cause.explanation()).endsWith("whose statistics are fresh.");
    assertThat(RulePlans.step(cause).kind()).isEqualTo(Remedy.Kind.INVESTIGATE);
  }

  @ParameterizedTest
  @CsvSource({"4, 2600, true", "100000, 2600, false", "4, 20, false"})
  void firesForACopyThatWasToHoldFewRows(long expected, double ms, boolean fires) {
    Plan plan =
        RulePlans.read(
            """
            Nested Loop  (cost=0.00..90.00 rows=4 width=4) (actual time=0.010..%2$.3f rows=147027 loops=1)
              Join Filter: (m.country = r.country)
              ->  Seq Scan on public.markets m  (cost=0.00..40.00 rows=120 width=4) (actual time=0.010..0.100 rows=120 loops=1)
              ->  Materialize  (cost=0.00..40.00 rows=%1$d width=4) (actual time=0.001..0.010 rows=147027 loops=120)
                    ->  Seq Scan on public.reviews r  (cost=0.00..40.00 rows=%1$d width=4) (actual time=0.010..8.000 rows=147027 loops=1)
                          Filter: ((COALESCE(r.flags, 0) = 0) AND (COALESCE(r.moderation, 'x'::text) = 'x'::text))
            Execution Time: %2$.3f ms
            """
                .formatted(expected, ms));
    Verdict verdict =
        RulePlans.examine(
            RULE, plan, Tables.catalogue(Tables.table("reviews", 150_000, 30_000_000)));
    assertThat(verdict instanceof Verdict.Found).isEqualTo(fires);
    if (fires) {
      assertThat(RulePlans.onlyCause(verdict).explanation())
          .contains("went through a copy of them 120 times");
    }
  }

  @Test
  void withoutADatabaseFreshStatisticsComeFirst() {
    Cause cause = RulePlans.onlyCause(examine("fires", null));
    assertThat(RulePlans.step(cause))
        .extracting(Remedy.Step::kind, Remedy.Step::statement)
        .containsExactly(Remedy.Kind.ANALYZE, "ANALYZE public.addresses");
  }

  @Test
  void firesForTheRowsOfAJoin() {
    Plan plan =
        RulePlans.read(
            """
            Nested Loop  (cost=0.00..90.00 rows=1 width=4) (actual time=0.010..900.000 rows=1000 loops=1)
              Join Filter: (a.id = b.a_id)
              ->  Hash Join  (cost=0.00..40.00 rows=1 width=4) (actual time=0.010..30.000 rows=1000 loops=1)
                    Hash Cond: (c.id = a.c_id)
                    ->  Seq Scan on public.c  (cost=0.00..40.00 rows=90 width=4) (actual time=0.010..10.000 rows=100 loops=1)
                    ->  Hash  (cost=0.00..40.00 rows=900 width=4) (actual time=0.010..10.000 rows=1000 loops=1)
                          ->  Seq Scan on public.a  (cost=0.00..40.00 rows=900 width=4) (actual time=0.010..10.000 rows=1000 loops=1)
              ->  Seq Scan on public.b  (cost=0.00..40.00 rows=900 width=4) (actual time=0.010..0.800 rows=900 loops=1000)
            Execution Time: 1000.000 ms
            """);
    Cause cause = RulePlans.onlyCause(RulePlans.examine(RULE, plan, FRESH));
    assertThat(cause.relation()).isNull();
    assertThat(cause.title())
        .isEqualTo("The planner was wrong by 1,000 times about the rows of a step (Hash Join)");
    assertThat(RulePlans.step(cause).kind()).isEqualTo(Remedy.Kind.REWRITE_QUERY);
  }

  @ParameterizedTest
  @CsvSource({"40000, 0, true", "10000, 30000, false", "0, 40000, false", "1000, 0, false"})
  void whatIsSeenToBeInMemoryIsReadSooner(long hit, long read, boolean fires) {
    Plan plan =
        RulePlans.read(
            """
            Nested Loop  (cost=0.00..90.00 rows=1 width=4) (actual time=0.010..340.000 rows=1000 loops=1)
              ->  Index Scan using a_b on public.a  (cost=0.00..40.00 rows=1 width=4) (actual time=0.010..1.000 rows=10000 loops=1)
                    Index Cond: (a.b = 1)
              ->  Index Scan using addresses_a on public.addresses s  (cost=0.00..40.00 rows=3 width=4) (actual time=0.010..0.033 rows=3 loops=10000)
                    Index Cond: (s.a = a.id)
                    Buffers: shared hit=%d read=%d
            Execution Time: 340.000 ms
            """
                .formatted(hit, read));
    Catalogue catalogue = Tables.catalogue(Tables.table("addresses", 600_000, 40_000_000));
    assertThat(RulePlans.examine(RULE, plan, catalogue) instanceof Verdict.Found).isEqualTo(fires);
  }

  @Test
  void isClearWhereThePlannerWasRight() {
    assertThat(examine("clear", FRESH)).isEqualTo(new Verdict.Clear());
  }

  @Test
  void isClearWhereAnotherRuleKnowsWhy() {
    assertThat(RulePlans.examine(RULE, RulePlans.recorded("ColumnsAreCorrelated", "fires"), FRESH))
        .isEqualTo(new Verdict.Clear());
  }

  @Test
  void isInconclusiveWhereTheSizeOfTheInnerTableIsMissing() {
    assertThat(RulePlans.missing(examine("inconclusive", null)))
        .endsWith("the size of public.fills is not known, as --database would tell");
    assertThat(examine("inconclusive", FRESH)).isInstanceOf(Verdict.Found.class);
  }

  @Test
  void isInconclusiveWithoutExecution() {
    Plan plan = RulePlans.recorded("StatisticsAreStale", "inconclusive");
    assertThat(RulePlans.missing(RulePlans.examine(RULE, plan))).startsWith("rows seen");
  }

  private static Verdict examine(String recorded, @Nullable Catalogue catalogue) {
    return RulePlans.examine(RULE, RulePlans.recorded("RowEstimateIsWrong", recorded), catalogue);
  }
}
