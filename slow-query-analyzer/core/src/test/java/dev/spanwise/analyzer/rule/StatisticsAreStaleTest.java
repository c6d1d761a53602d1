package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.catalogue.Activity;
import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Column;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.Plan;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatisticsAreStaleTest {

  private static final PlanRule RULE = new StatisticsAreStale();
  private static final Activity STALE = Tables.changed(130_000, 30_000, Tables.ANALYSED);

  @ParameterizedTest
  @CsvSource({
    "mails.state, 180000, true",
    "mails.state, 100, false",
    "(mails.state)::text, 180000, true",
    "(mails.state)::integer, 180000, false"
  })
  void firesForAWalkInOrderPastRowsThatAreNoMore(String asked, long changed, boolean fires) {
    Plan plan =
        RulePlans.read(
            """
            Limit  (cost=0.00..90.00 rows=20 width=4) (actual time=0.010..134.000 rows=20 loops=1)
              ->  Index Scan using mails_run_at on public.mails  (cost=0.00..90.00 rows=180000 width=4) (actual time=0.010..133.900 rows=20 loops=1)
                    Filter: (%s = 'queued'::text)
                    Rows Removed by Filter: 299812
            Execution Time: 134.000 ms
            """
                .formatted(asked));
    Activity activity = Tables.changed(300_000, changed, Tables.ANALYSED);
    Catalogue catalogue =
        Tables.catalogue(
            Tables.table(
                "mails",
                300_000,
                40_000_000,
                activity,
                List.of(
                    new Column("state", "character varying", true, null, null, null, null, true)),
                List.of(
                    Tables.index("mails_run_at", "run_at"), Tables.index("mails_state", "state"))));
    Verdict verdict = RulePlans.examine(RULE, plan, catalogue);
    assertThat(verdict).isInstanceOf(fires ? Verdict.Found.class : Verdict.Clear.class);
    if (fires) {
      assertThat(RulePlans.onlyCause(verdict).explanation())
          .contains("although the index mails_state leads to these rows");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fires", "fires.text", "fires-18"})
  void firesWhereThePlannerChoseBadlyForATableThatHasChanged(String recorded) {
    Cause cause = RulePlans.onlyCause(examine(recorded, ticks(STALE)));
    assertThat(cause.relation()).isEqualTo(new RelationName("public", "ticks"));
    assertThat(cause.node().pointer()).isEqualTo("/Plan/Plans/0/Plans/0");
    assertThat(cause.explains())
        .containsExactlyInAnyOrder("/Plan/Plans/0", "/Plan/Plans/0/Plans/1");
    assertThat(cause.title()).isEqualTo("public.ticks has changed since it was last analysed");
    assertThat(cause.explanation())
        .startsWith(
            "The planner expected 1 row of public.ticks and got 3,000, so it joined by a nested loop, whose inner side then ran 3,000 times.");
    assertThat(RulePlans.step(cause))
        .extracting(Remedy.Step::kind, Remedy.Step::statement)
        .containsExactly(Remedy.Kind.ANALYZE, "ANALYZE public.ticks");
    assertThat(cause.evidence())
        .extracting(Evidence::name)
        .containsExactly(
            "rows expected",
            "rows seen",
            "share of the execution time",
            "rows changed since ANALYZE",
            "last analysed");
  }

  @Test
  void firesForATableThatWasNeverAnalysed() {
    Cause cause =
        RulePlans.onlyCause(examine("fires", ticks(Tables.changed(130_000, 30_000, null))));
    assertThat(cause.title()).isEqualTo("public.ticks has never been analysed");
    assertThat(cause.evidence()).extracting(Evidence::name).doesNotContain("last analysed");
  }

  @ParameterizedTest
  @CsvSource({"20000, true", "19999, false", "0, false"})
  void aTableIsStaleFromAFifthOfItsRowsOn(long changed, boolean fires) {
    Activity activity = Tables.changed(100_000, changed, Tables.ANALYSED);
    assertThat(examine("fires", ticks(activity)))
        .isInstanceOf(fires ? Verdict.Found.class : Verdict.Clear.class);
  }

  @ParameterizedTest
  @CsvSource({"1000, true", "999, false"})
  void withoutAnAnalyzeAThousandRowsMakeItStale(long changed, boolean fires) {
    assertThat(examine("fires", ticks(Tables.changed(130_000, changed, null))))
        .isInstanceOf(fires ? Verdict.Found.class : Verdict.Clear.class);
  }

  @Test
  void aWrongEstimateWithoutABadChoiceIsNoCause() {
    Plan plan =
        RulePlans.read(
            """
            Seq Scan on public.ticks  (cost=0.00..10.00 rows=1 width=4) (actual time=0.010..90.000 rows=60000 loops=1)
            Execution Time: 100.000 ms
            """);
    assertThat(RulePlans.examine(RULE, plan, ticks(STALE))).isEqualTo(new Verdict.Clear());
  }

  @Test
  void isClearWhereThePlannerWasRightWhateverTheCatalogueSays() {
    assertThat(examine("clear", null)).isEqualTo(new Verdict.Clear());
  }

  @Test
  void isInconclusiveWithoutExecution() {
    assertThat(RulePlans.missing(examine("inconclusive", ticks(STALE)))).startsWith("rows seen");
  }

  @Test
  void isInconclusiveWithoutADatabase() {
    assertThat(RulePlans.missing(examine("fires", null))).contains("no database was named");
  }

  @Test
  void isInconclusiveForATableThatTheCatalogueDoesNotHave() {
    assertThat(RulePlans.missing(examine("fires", Tables.catalogue())))
        .startsWith("when public.ticks was last analysed");
  }

  @Test
  void isInconclusiveForATableWithoutCounters() {
    assertThat(RulePlans.missing(examine("fires", ticks(null))))
        .startsWith("when public.ticks was last analysed");
  }

  private static Verdict examine(String name, @Nullable Catalogue catalogue) {
    return RulePlans.examine(RULE, RulePlans.recorded("StatisticsAreStale", name), catalogue);
  }

  private static Catalogue ticks(@Nullable Activity activity) {
    return Tables.catalogue(
        Tables.table("ticks", 100_000, 5_758_976, activity, List.of(), List.of()));
  }
}
