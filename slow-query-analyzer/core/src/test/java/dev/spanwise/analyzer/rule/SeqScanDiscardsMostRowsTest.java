package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeqScanDiscardsMostRowsTest {

  private static final PlanRule RULE = new SeqScanDiscardsMostRows();

  @Test
  void aValueInAnArrayIsAskedForByWhatAnIndexServes() {
    Plan plan =
        RulePlans.read(
            """
            Seq Scan on public.reviews  (cost=0.00..10.00 rows=1 width=4) (actual time=0.010..90.000 rows=3 loops=1)
              Filter: ('topic42'::text = ANY (reviews.topics))
              Rows Removed by Filter: 149785
            Execution Time: 91.000 ms
            """);
    assertThat(RulePlans.step(RulePlans.onlyCause(RulePlans.examine(RULE, plan))).statement())
        .isEqualTo(
            "Write topics @> ARRAY[?] instead of ? = ANY (topics), which no index serves; for @> there can be one: CREATE INDEX CONCURRENTLY ON public.reviews USING gin (topics)");
  }

  @Test
  void firesWhereTheFilterThrowsNearlyAllRowsAway() {
    Cause cause = RulePlans.onlyCause(examine("fires"));
    assertThat(cause.rule()).isEqualTo("SeqScanDiscardsMostRows");
    assertThat(cause.relation()).isEqualTo(new RelationName("public", "trades"));
    assertThat(cause.node().pointer()).isEqualTo("/Plan");
    assertThat(cause.title())
        .isEqualTo("Every row of public.trades is read and 99.95 % thrown away");
    assertThat(cause.explanation()).contains("read all 300,000 rows of public.trades and kept 150");
    assertThat(cause.remedy()).isEqualTo(new Remedy.Index());
    assertThat(cause.timeShare()).isCloseTo(33.612 / 33.666, within(1e-9));
    assertThat(cause.evidence())
        .containsExactly(
            new Evidence("rows read", 300_000L, "{row}", "/Plan/Actual Rows"),
            new Evidence("rows thrown away", 299_850L, "{row}", "/Plan/Rows Removed by Filter"),
            new Evidence("share thrown away", 0.9995, "1", "/Plan"),
            new Evidence("share of the execution time", 0.9984, "1", "/Plan/Actual Total Time"));
  }

  @Test
  void countsTheRowsOfAllProcessesAndTheTimeOfOne() {
    Cause cause = RulePlans.onlyCause(examine("fires-parallel"));
    assertThat(cause.node().pointer()).isEqualTo("/Plan/Plans/0");
    assertThat(RulePlans.evidence(cause.evidence(), "rows read")).isEqualTo(300_000L);
    assertThat(RulePlans.evidence(cause.evidence(), "rows thrown away")).isEqualTo(299_850L);
    assertThat(cause.explanation()).contains("read all 300,000 rows of public.trades and kept 150");
    assertThat(cause.timeShare()).isCloseTo(17.758 / 43.31, within(1e-9));
  }

  /** Before PostgreSQL 18 one row of three processes is printed as none of each. */
  @Test
  void claimsNoMoreThanTheRoundedAverageOfTheProcessesSays() {
    Plan plan =
        RulePlans.read(
            """
            Gather  (cost=0.00..1.00 rows=1 width=4) (actual time=0.100..50.000 rows=1 loops=1)
              Workers Planned: 2
              Workers Launched: 2
              ->  Parallel Seq Scan on t  (cost=0.00..1.00 rows=1 width=4) (actual time=40.000..49.000 rows=0 loops=3)
                    Filter: (id = 7)
                    Rows Removed by Filter: 333333
            Execution Time: 50.000 ms
            """);

    Cause cause = RulePlans.onlyCause(RulePlans.examine(new SeqScanDiscardsMostRows(), plan));

    assertThat(cause.explanation()).contains("and kept 1 at most.");
    assertThat(cause.title()).endsWith("> 99.999 % thrown away");
  }

  @Test
  void firesForASubplanThatReadsTheTableForEachRow() {
    Cause cause = RulePlans.onlyCause(examine("fires-subplan"));
    assertThat(cause.relation()).isEqualTo(new RelationName("public", "limits"));
    assertThat(cause.node().pointer()).isEqualTo("/Plan/Plans/0");
    assertThat(cause.explanation())
        .contains("read all 2,000 rows of public.limits 500 times and kept 500.");
    assertThat(RulePlans.evidence(cause.evidence(), "rows thrown away")).isEqualTo(999_500L);
    assertThat(cause.timeShare()).isCloseTo(500 * 0.073 / 37.228, within(1e-9));
  }

  @Test
  void isClearWhereMostRowsAreKept() {
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
    // kept, thrown away, ms of 100
    "1000, 10000, 50, true",
    "1000, 9999, 50, false",
    "1111, 10000, 50, true",
    "1112, 10000, 50, false",
    "0, 10000, 20, true",
    "0, 10000, 19.9, false"
  })
  void firesFromItsBoundsOn(long kept, long thrownAway, double ms, boolean fires) {
    Plan plan =
        RulePlans.read(
            """
            Seq Scan on public.trades  (cost=0.00..10.00 rows=1 width=4) (actual time=0.010..%.3f rows=%d loops=1)
              Filter: (trades.account_id = 42)
              Rows Removed by Filter: %d
            Execution Time: 100.000 ms
            """
                .formatted(ms, kept, thrownAway));
    assertThat(RulePlans.examine(RULE, plan) instanceof Verdict.Found).isEqualTo(fires);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "(t.name ~~ 'abc%'::text)|CREATE INDEX CONCURRENTLY ON public.t (name text_pattern_ops)",
        "(t.name ~~* 'abc%'::text)|CREATE INDEX CONCURRENTLY ON public.t USING gin (name gin_trgm_ops)"
      })
  void namesTheIndexThatAPatternNeeds(String filter, String ddl) {
    Cause cause = RulePlans.onlyCause(RulePlans.examine(RULE, scan(filter)));
    assertThat(((Remedy.Step) cause.remedy()).statement()).isEqualTo(ddl);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "((t.name ~~ 'abc%'::text) AND (t.tenant_id = 7))",
        "(t.name ~~ $1)",
        "(t.name !~~ 'abc%'::text)"
      })
  void leavesTheIndexToTheAdvisorWhereThePatternIsNotAll(String filter) {
    assertThat(RulePlans.onlyCause(RulePlans.examine(RULE, scan(filter))).remedy())
        .isEqualTo(new Remedy.Index());
  }

  private static Plan scan(String filter) {
    return RulePlans.read(
        """
        Seq Scan on public.t  (cost=0.00..10.00 rows=1 width=4) (actual time=0.010..90.000 rows=1 loops=1)
          Filter: %s
          Rows Removed by Filter: 99999
        Execution Time: 100.000 ms
        """
            .formatted(filter));
  }

  @ParameterizedTest
  @CsvSource({
    // rows of the other side, rows joined, type of the join, fires
    "100, 9900, , true",
    "101, 9900, , false",
    "10, 10, Left, false",
    "10, 10, Right, true",
    "10, 10, Anti, false"
  })
  void firesWhereAHashJoinFindsNoPartnerForNearlyAllRows(
      long others, long joined, @Nullable String type, boolean fires) {
    assertThat(RulePlans.examine(RULE, hashJoin(others, joined, type)) instanceof Verdict.Found)
        .isEqualTo(fires);
  }

  @Test
  void namesTheJoinedColumn() {
    Cause cause = RulePlans.onlyCause(RulePlans.examine(RULE, hashJoin(10, 10, null)));
    assertThat(cause.title())
        .isEqualTo("Every row of public.reviews is read and 99.99 % find no partner in the join");
    assertThat(cause.explanation()).contains("that join 10 rows of the other side by customer_id");
    assertThat(cause.explains())
        .containsExactlyInAnyOrder("/Plan", "/Plan/Plans/0", "/Plan/Plans/1");
    assertThat(cause.remedy()).isEqualTo(new Remedy.Index());
  }

  @Test
  void leavesAJoinToThePlannerWhereAnIndexExists() {
    Catalogue catalogue =
        Tables.catalogue(
            Tables.table(
                "reviews",
                100_000,
                8_192_000,
                Tables.fresh(100_000),
                List.of(),
                List.of(Tables.index("by_customer", "customer_id"))));
    assertThat(RulePlans.examine(RULE, hashJoin(10, 10, null), catalogue))
        .isEqualTo(new Verdict.Clear());
  }

  private static Plan hashJoin(long others, long joined, @Nullable String type) {
    return RulePlans.read(
        """
        Hash %sJoin  (cost=0.00..10.00 rows=1 width=4) (actual time=0.010..95.000 rows=%d loops=1)
          Hash Cond: (r.customer_id = c.customer_id)
          ->  Seq Scan on public.reviews r  (cost=0.00..9.00 rows=100000 width=4) (actual time=0.010..70.000 rows=100000 loops=1)
          ->  Hash  (cost=1.00..1.00 rows=1 width=4) (actual time=0.010..0.010 rows=%d loops=1)
                ->  Index Scan using customers_pkey on public.customers c  (cost=0.00..1.00 rows=1 width=4) (actual time=0.010..0.010 rows=%d loops=1)
        Execution Time: 100.000 ms
        """
            .formatted(type == null ? "" : type + " ", joined, others, others));
  }

  @Test
  void addsUpThePartitionsOfATable() {
    Cause cause = RulePlans.onlyCause(RulePlans.examine(RULE, partitions()));
    assertThat(RulePlans.evidence(cause.evidence(), "rows read")).isEqualTo(60_006L);
    assertThat(cause.timeShare()).isCloseTo(0.9, within(1e-9));
    assertThat(cause.explains()).hasSize(6);
    assertThat(cause.relation()).isEqualTo(new RelationName("public", "m_01"));
  }

  @ParameterizedTest
  @CsvSource({"email, text_pattern_ops", "name, text_pattern_ops", "reference, bpchar_pattern_ops"})
  void aPatternsIndexIsOfTheOperatorsThatTakeTheColumnsType(String column, String operators) {
    Plan plan =
        RulePlans.read(
            """
            Seq Scan on public.customers  (cost=0.00..10.00 rows=1 width=4) (actual time=0.010..90.000 rows=0 loops=1)
              Filter: (customers.%s ~~ 'abc%%'::text)
              Rows Removed by Filter: 100000
            Execution Time: 100.000 ms
            """
                .formatted(column));
    Cause cause = RulePlans.onlyCause(RulePlans.examine(RULE, plan, Customers.catalogue()));
    assertThat(RulePlans.step(cause).statement())
        .isEqualTo(
            "CREATE INDEX CONCURRENTLY ON public.customers (%s %s)".formatted(column, operators));
  }

  @Test
  void namesTheTableThatThePartitionsAreOf() {
    List<Relation> relations = new ArrayList<>();
    relations.add(Tables.partition("m", null));
    for (int i = 1; i <= 6; i++) {
      relations.add(Tables.partition("m_0" + i, new RelationName("public", "m")));
    }
    Catalogue catalogue = Tables.catalogue(relations.toArray(Relation[]::new));
    Cause cause = RulePlans.onlyCause(RulePlans.examine(RULE, partitions(), catalogue));
    assertThat(cause.relation()).isEqualTo(new RelationName("public", "m"));
    assertThat(cause.title()).startsWith("Every row of public.m is read");
  }

  /** Six partitions, each with 15 of 100 ms. */
  private static Plan partitions() {
    StringBuilder text =
        new StringBuilder(
            "Append  (cost=0.00..10.00 rows=1 width=4) (actual time=0.010..95.000 rows=6 loops=1)\n");
    for (int i = 1; i <= 6; i++) {
      text.append(
          """
            ->  Seq Scan on public.m_0%d m_%d  (cost=0.00..9.00 rows=1 width=4) (actual time=0.010..15.000 rows=1 loops=1)
                  Filter: (m_%d.quality = 2)
                  Rows Removed by Filter: 10000
          """
              .formatted(i, i, i));
    }
    return RulePlans.read(text + "Execution Time: 100.000 ms\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(NOT (hashed SubPlan 1))|false",
        "(NOT (ANY (t.a = (hashed SubPlan 1).col1)))|false",
        "((NOT (hashed SubPlan 1)) AND (SubPlan 2))|false",
        "((SubPlan 1) > 1)|false",
        "((t.a = 7) OR (hashed SubPlan 1))|false",
        "((t.a = 7) AND (NOT (hashed SubPlan 1)))|true"
      })
  void isClearWhereOnlyWhatSubplansFoundDecides(String filter, boolean fires) {
    assertThat(RulePlans.examine(RULE, scan(filter)))
        .isInstanceOf(fires ? Verdict.Found.class : Verdict.Clear.class);
  }

  @Test
  void isClearForAScanThatNeverRan() {
    Plan plan =
        RulePlans.read(
            """
            Append  (cost=0.00..10.00 rows=1 width=4) (actual time=0.010..1.000 rows=0 loops=1)
              ->  Seq Scan on public.trades  (cost=0.00..9.00 rows=1 width=4) (never executed)
                    Filter: (trades.account_id = 42)
            Execution Time: 1.000 ms
            """);
    assertThat(RulePlans.examine(RULE, plan)).isEqualTo(new Verdict.Clear());
  }

  private static Verdict examine(String name) {
    return RulePlans.examine(RULE, RulePlans.recorded("SeqScanDiscardsMostRows", name));
  }
}
