package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.plan.Plan;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MisestimatesTest {

  @ParameterizedTest
  @CsvSource({"100, 1000, true", "100, 999, false", "101, 1000, false"})
  void thePlannerIsWrongFromTenTimesOn(long expected, long seen, boolean found) {
    assertThat(of(loop(expected, seen, "(a.id = b.a_id)", 0.05), null).found().isEmpty())
        .isEqualTo(!found);
  }

  @Test
  void aLoopThatNoHashJoinCanReplaceIsNoBadChoice() {
    assertThat(of(loop(1, 1_000, "(a.id < b.a_id)", 0.05), null).found()).isEmpty();
    assertThat(of(loop(1, 1_000, "(a.id = b.a_id)", 0.05), null).found()).hasSize(1);
  }

  @Test
  void theErrorIsThatOfTheLowestNode() {
    Plan plan =
        RulePlans.read(
            """
            Nested Loop  (cost=0.00..90.00 rows=1 width=4) (actual time=0.010..900.000 rows=1000 loops=1)
              Join Filter: (a.id = b.a_id)
              ->  Hash Join  (cost=0.00..40.00 rows=1 width=4) (actual time=0.010..30.000 rows=1000 loops=1)
                    Hash Cond: (c.id = a.c_id)
                    ->  Seq Scan on public.c  (cost=0.00..40.00 rows=90 width=4) (actual time=0.010..10.000 rows=100 loops=1)
                    ->  Hash  (cost=0.00..40.00 rows=2 width=4) (actual time=0.010..10.000 rows=1000 loops=1)
                          ->  Seq Scan on public.a  (cost=0.00..40.00 rows=2 width=4) (actual time=0.010..10.000 rows=1000 loops=1)
              ->  Seq Scan on public.b  (cost=0.00..40.00 rows=900 width=4) (actual time=0.010..0.800 rows=900 loops=1000)
            Execution Time: 1000.000 ms
            """);
    assertThat(of(plan, null).found())
        .extracting(misestimate -> misestimate.source().pointer())
        .containsExactly("/Plan/Plans/0/Plans/1/Plans/0");
  }

  @ParameterizedTest
  @CsvSource({
    // rows of the table that is looked up, how often; reading it takes a fifth of a microsecond a
    // row
    "1000000, 100000, false",
    "1000000, 300000, true",
    "100000000, 300000, false"
  })
  void lookingRowsUpIsABadChoiceWhereReadingTheWholeTableIsTwiceAsQuick(
      double tableRows, long lookups, boolean found) {
    Plan plan =
        RulePlans.read(
            """
            Nested Loop  (cost=0.00..90.00 rows=1 width=4) (actual time=0.010..%2$s rows=%1$d loops=1)
              ->  Seq Scan on public.a  (cost=0.00..40.00 rows=1 width=4) (actual time=0.010..20.000 rows=%1$d loops=1)
              ->  Index Scan using b_idx on public.b  (cost=0.00..4.00 rows=1 width=4) (actual time=0.001..0.004 rows=1 loops=%1$d)
                    Index Cond: (b.a_id = a.id)
            Execution Time: %2$s ms
            """
                .formatted(lookups, 0.0042 * lookups + 20));
    Catalogue catalogue = Tables.catalogue(Tables.table("b", tableRows, 80 * (long) tableRows));
    assertThat(of(plan, catalogue).found().isEmpty()).isEqualTo(!found);
    assertThat(of(plan, null).unknownSizes()).containsExactly("public.b");
  }

  @Test
  void aRowByRowQueryWithALimitIsNoLoopThatAHashCouldReplace() {
    Plan plan =
        RulePlans.read(
            """
            Nested Loop  (cost=0.00..90.00 rows=1 width=4) (actual time=0.010..900.000 rows=1000 loops=1)
              ->  Seq Scan on public.a  (cost=0.00..40.00 rows=1 width=4) (actual time=0.010..10.000 rows=1000 loops=1)
              ->  Limit  (cost=0.00..4.00 rows=1 width=4) (actual time=0.010..0.800 rows=1 loops=1000)
                    ->  Seq Scan on public.b  (cost=0.00..4.00 rows=1 width=4) (actual time=0.010..0.800 rows=1 loops=1000)
                          Filter: (b.a_id = a.id)
            Execution Time: 1000.000 ms
            """);
    assertThat(of(plan, null).found()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, 16, true", "16, 16, false"})
  void aHashTableThatGrewWasABadChoice(int planned, int batches, boolean found) {
    Plan plan =
        RulePlans.read(
            """
            Hash Join  (cost=0.00..20.00 rows=10 width=45) (actual time=0.000..90.000 rows=10 loops=1)
              Hash Cond: (a.id = b.id)
              ->  Seq Scan on public.a  (cost=0.00..10.00 rows=10 width=4) (actual time=0.000..1.000 rows=10 loops=1)
              ->  Hash  (cost=0.00..10.00 rows=100 width=4) (actual time=0.000..50.000 rows=300000 loops=1)
                    Buckets: 1024 (originally 1024)  Batches: %d (originally %d)  Memory Usage: 4000kB
                    ->  Seq Scan on public.b  (cost=0.00..10.00 rows=100 width=4) (actual time=0.000..10.000 rows=300000 loops=1)
            Execution Time: 100.000 ms
            """
                .formatted(batches, planned));
    assertThat(of(plan, null).found().isEmpty()).isEqualTo(!found);
  }

  @Test
  void anIndexScanForMostOfATableIsABadChoiceWhereReadingItAllIsTwiceAsQuick() {
    Plan plan =
        RulePlans.read(
            """
            Index Scan using b_idx on public.b  (cost=0.00..4.00 rows=10 width=4) (actual time=0.001..900.000 rows=500000 loops=1)
              Index Cond: (b.a_id = 7)
            Execution Time: 1000.000 ms
            """);
    Catalogue small = Tables.catalogue(Tables.table("b", 1_000_000, 80_000_000));
    Catalogue large = Tables.catalogue(Tables.table("b", 10_000_000, 800_000_000));
    assertThat(of(plan, small).found()).hasSize(1);
    assertThat(of(plan, large).found()).isEmpty();
    assertThat(of(plan, null).found()).isEmpty();
  }

  @Test
  void aWholeScanForAFewRowsIsABadChoiceOnlyWhereAnIndexLeadsToThem() {
    assertThat(of(RulePlans.recorded("GenericPlanIsWorse", "fires-scan"), null).found()).isEmpty();
    Catalogue catalogue =
        Tables.catalogue(
            Tables.table(
                "addresses",
                300_000,
                20_480_000,
                Tables.fresh(300_000),
                List.of(),
                List.of(Tables.index("addresses_state_idx", "state"))));
    assertThat(of(RulePlans.recorded("GenericPlanIsWorse", "fires-scan"), catalogue).found())
        .extracting(Misestimate::consequence)
        .containsExactly(
            "read the whole table, although the index addresses_state_idx leads to these rows");
  }

  private static Plan loop(long expected, long seen, String condition, double innerMs) {
    return RulePlans.read(
        """
        Nested Loop  (cost=0.00..90.00 rows=1 width=4) (actual time=0.010..%4$s rows=%2$d loops=1)
          Join Filter: %3$s
          ->  Seq Scan on public.a  (cost=0.00..40.00 rows=%1$d width=4) (actual time=0.010..1.000 rows=%2$d loops=1)
          ->  Seq Scan on public.b  (cost=0.00..40.00 rows=900 width=4) (actual time=0.010..%5$s rows=900 loops=%2$d)
        Execution Time: %4$s ms
        """
            .formatted(expected, seen, condition, seen * innerMs + 2, innerMs));
  }

  private static Misestimates of(Plan plan, @Nullable Catalogue catalogue) {
    return Misestimates.of(new PlanSubject(plan, catalogue));
  }
}
