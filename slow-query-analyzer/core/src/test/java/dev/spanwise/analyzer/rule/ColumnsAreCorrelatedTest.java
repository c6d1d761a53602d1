package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.Plan;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnsAreCorrelatedTest {

  private static final PlanRule RULE = new ColumnsAreCorrelated();
  private static final Catalogue FRESH =
      Tables.catalogue(Tables.table("addresses", 300_000, 20_480_000));

  @ParameterizedTest
  @ValueSource(strings = {"fires", "fires-18"})
  void firesWhereComparedColumnsGoTogether(String recorded) {
    Cause cause = RulePlans.onlyCause(examine(recorded, FRESH));
    assertThat(cause.relation()).isEqualTo(new RelationName("public", "addresses"));
    assertThat(cause.title())
        .isEqualTo(
            "The columns city, region, zip of public.addresses go together, which the planner does not know");
    assertThat(RulePlans.step(cause))
        .extracting(Remedy.Step::kind, Remedy.Step::statement)
        .containsExactly(
            Remedy.Kind.CREATE_STATISTICS,
            "CREATE STATISTICS public.addresses_city_region_zip_stat (dependencies, mcv) ON city, region, zip FROM public.addresses; ANALYZE public.addresses");
    assertThat(cause.explanation()).doesNotContain("no database was named");
  }

  @Test
  void withoutADatabaseTheAgeOfTheStatisticsIsLeftOpen() {
    assertThat(RulePlans.onlyCause(examine("fires", null)).explanation())
        .contains("no database was named");
  }

  @Test
  void firesWhereTheGroupsOfSeveralColumnsAreMany() {
    Cause cause = RulePlans.onlyCause(examine("fires-groups", FRESH));
    assertThat(RulePlans.step(cause).statement())
        .isEqualTo(
            "CREATE STATISTICS public.addresses_account_id_batch_stat (ndistinct) ON account_id, batch FROM public.addresses; ANALYZE public.addresses");
  }

  @Test
  void isClearWhereThePlannerKnows() {
    assertThat(examine("clear", FRESH)).isEqualTo(new Verdict.Clear());
  }

  @Test
  void isClearWhereStaleStatisticsAreTheReason() {
    Catalogue stale =
        Tables.catalogue(
            Tables.table(
                "addresses",
                300_000,
                20_480_000,
                Tables.changed(300_000, 60_000, Tables.ANALYSED),
                List.of(),
                List.of()));
    assertThat(examine("fires", stale)).isEqualTo(new Verdict.Clear());
  }

  @Test
  void isClearWhereOneColumnIsCompared() {
    Plan plan = RulePlans.recorded("StatisticsAreStale", "fires");
    assertThat(RulePlans.examine(RULE, plan, FRESH)).isEqualTo(new Verdict.Clear());
  }

  @Test
  void isInconclusiveWithoutExecution() {
    assertThat(RulePlans.missing(examine("inconclusive", FRESH))).startsWith("rows seen");
  }

  @Test
  void aLongNameFitsWhatPostgresqlKeeps() {
    String column = "a".repeat(40);
    Plan plan =
        RulePlans.read(
            """
            Nested Loop  (cost=0.00..90.00 rows=1 width=4) (actual time=0.010..100.000 rows=1000 loops=1)
              Join Filter: (a.id = b.a_id)
              ->  Seq Scan on public.a  (cost=0.00..40.00 rows=1 width=4) (actual time=0.010..1.000 rows=1000 loops=1)
                    Filter: ((a.%1$s1 = 7) AND (a.%1$s2 = 7))
              ->  Seq Scan on public.b  (cost=0.00..40.00 rows=900 width=4) (actual time=0.010..0.090 rows=900 loops=1000)
            Execution Time: 100.000 ms
            """
                .formatted(column));
    String statement =
        RulePlans.step(RulePlans.onlyCause(RulePlans.examine(RULE, plan))).statement();
    assertThat(statement.substring("CREATE STATISTICS public.".length()).split(" ", -1)[0])
        .hasSize(63)
        .endsWith("_stat");
  }

  private static Verdict examine(String recorded, @Nullable Catalogue catalogue) {
    return RulePlans.examine(RULE, RulePlans.recorded("ColumnsAreCorrelated", recorded), catalogue);
  }
}
