package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.catalogue.Activity;
import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.Plan;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatisticsAreStaleTest {

  private static final PlanRule RULE = new StatisticsAreStale();
  private static final Instant ANALYSED = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void firesWhereThePlannerWasWrongAndTheTableHasChanged() {
    Cause cause = RulePlans.onlyCause(examine("fires", quotes(activity(60_100, 60_000, ANALYSED))));
    assertThat(cause.rule()).isEqualTo("StatisticsAreStale");
    assertThat(cause.relation()).isEqualTo(new RelationName("public", "quotes"));
    assertThat(cause.node().pointer()).isEqualTo("/Plan");
    assertThat(cause.title()).isEqualTo("public.quotes has changed since it was last analysed");
    assertThat(cause.remedy())
        .isInstanceOfSatisfying(
            Remedy.Step.class,
            step -> {
              assertThat(step.kind()).isEqualTo(Remedy.Kind.ANALYZE);
              assertThat(step.statement()).isEqualTo("ANALYZE " + cause.relation());
            });
    assertThat(cause.evidence())
        .containsExactly(
            new Evidence("rows expected", 1L, "{row}", "/Plan/Plan Rows"),
            new Evidence("rows seen", 60_000L, "{row}", "/Plan/Actual Rows"),
            new Evidence(
                "rows changed since ANALYZE",
                60_000L,
                "{row}",
                "pg_stat_all_tables.n_mod_since_analyze"),
            new Evidence(
                "last analysed", "2026-03-01T12:00:00Z", "1", "pg_stat_all_tables.last_analyze"));
  }

  @Test
  void firesForATableThatWasNeverAnalysed() {
    Cause cause = RulePlans.onlyCause(examine("fires", quotes(activity(60_100, 60_100, null))));
    assertThat(cause.title()).isEqualTo("public.quotes has never been analysed");
    assertThat(cause.evidence()).extracting(Evidence::name).doesNotContain("last analysed");
  }

  @ParameterizedTest
  @CsvSource({"20000, true", "19999, false", "0, false"})
  void aTableIsStaleFromAFifthOfItsRowsOn(long changed, boolean fires) {
    Verdict verdict = examine("fires", quotes(activity(100_000, changed, ANALYSED)));
    assertThat(verdict instanceof Verdict.Found).isEqualTo(fires);
  }

  @ParameterizedTest
  @CsvSource({
    // expected, seen
    "100, 1000, true",
    "100, 999, false",
    "101, 1000, false",
    "1000, 100, true",
    "1000, 101, false",
    "1, 999, false"
  })
  void thePlannerIsWrongFromTenTimesOn(long expected, long seen, boolean fires) {
    Plan plan =
        RulePlans.read(
            """
            Seq Scan on public.quotes  (cost=0.00..10.00 rows=%d width=4) (actual time=0.010..9.000 rows=%d loops=1)
            Execution Time: 10.000 ms
            """
                .formatted(expected, seen));
    Verdict verdict = RulePlans.examine(RULE, plan, quotes(activity(60_100, 60_000, ANALYSED)));
    assertThat(verdict instanceof Verdict.Found).isEqualTo(fires);
  }

  @Test
  void fewerRowsThanExpectedMeanNothingBelowALimit() {
    Plan plan =
        RulePlans.read(
            """
            Limit  (cost=0.00..1.00 rows=10 width=4) (actual time=0.010..9.000 rows=10 loops=1)
              ->  Seq Scan on public.quotes  (cost=0.00..10.00 rows=60000 width=4) (actual time=0.010..9.000 rows=10 loops=1)
            Execution Time: 10.000 ms
            """);
    assertThat(RulePlans.examine(RULE, plan, quotes(activity(60_100, 60_000, ANALYSED))))
        .isEqualTo(new Verdict.Clear());
  }

  @Test
  void aTableThatIsOnlyWrittenIsNoWrongEstimate() {
    Plan plan =
        RulePlans.read(
            """
            Update on public.quotes  (cost=0.00..10.00 rows=60000 width=4) (actual time=9.000..9.000 rows=0 loops=1)
              ->  Seq Scan on public.quotes  (cost=0.00..10.00 rows=60000 width=4) (actual time=0.010..9.000 rows=60000 loops=1)
            Execution Time: 10.000 ms
            """);
    assertThat(RulePlans.examine(RULE, plan, quotes(activity(60_100, 60_000, ANALYSED))))
        .isEqualTo(new Verdict.Clear());
  }

  @Test
  void isClearWhereTheStatisticsAreFresh() {
    assertThat(examine("fires", quotes(activity(60_100, 0, ANALYSED))))
        .isEqualTo(new Verdict.Clear());
  }

  @Test
  void isClearWhereThePlannerWasRightWhateverTheCatalogueSays() {
    assertThat(examine("clear", null)).isEqualTo(new Verdict.Clear());
  }

  @Test
  void isInconclusiveWithoutExecution() {
    assertThat(examine("inconclusive", quotes(activity(60_100, 60_000, ANALYSED))))
        .isEqualTo(
            new Verdict.Inconclusive(
                "rows seen: the plan was not executed (EXPLAIN without ANALYZE)"));
  }

  @Test
  void isInconclusiveWithoutADatabase() {
    assertThat(missing(examine("fires", null))).contains("no database was named");
  }

  @Test
  void isInconclusiveForATableThatTheCatalogueDoesNotHave() {
    assertThat(missing(examine("fires", new Catalogue(150_000, List.of(), List.of()))))
        .startsWith("when public.quotes was last analysed");
  }

  @Test
  void isInconclusiveForATableWithoutCounters() {
    assertThat(missing(examine("fires", quotes(null))))
        .startsWith("when public.quotes was last analysed");
  }

  private static String missing(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Inconclusive.class);
    return ((Verdict.Inconclusive) verdict).missing();
  }

  private static Verdict examine(String name, @Nullable Catalogue catalogue) {
    return RulePlans.examine(RULE, RulePlans.recorded("StatisticsAreStale", name), catalogue);
  }

  private static Activity activity(long liveRows, long changed, @Nullable Instant lastAnalyze) {
    return new Activity(liveRows, 0, changed, 0, lastAnalyze, null);
  }

  private static Catalogue quotes(@Nullable Activity activity) {
    Relation quotes =
        new Relation(
            "public",
            "quotes",
            Relation.Kind.TABLE,
            60_100.0,
            8_192,
            List.of(),
            List.of(),
            activity);
    return new Catalogue(150_000, List.of(quotes), List.of());
  }
}
