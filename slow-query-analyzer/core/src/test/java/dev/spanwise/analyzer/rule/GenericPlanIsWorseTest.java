package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Index;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.Plan;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenericPlanIsWorseTest {

  private static final PlanRule RULE = new GenericPlanIsWorse();
  private static final Catalogue FRESH =
      Tables.catalogue(
          Tables.table(
              "addresses",
              300_000,
              20_480_000,
              Tables.fresh(300_000),
              List.of(),
              List.of(Tables.index("addresses_state_idx", "state"))));

  @ParameterizedTest
  @ValueSource(strings = {"fires", "fires-18"})
  void firesForAValueThatIsMuchMoreFrequentThanMost(String recorded) {
    Cause cause = RulePlans.onlyCause(examine(recorded, FRESH));
    assertThat(cause.relation()).isEqualTo(new RelationName("public", "addresses"));
    assertThat(cause.title())
        .isEqualTo("One plan for all values is a bad one for this value of public.addresses");
    assertThat(RulePlans.step(cause).kind()).isEqualTo(Remedy.Kind.SET_PARAMETER);
    assertThat(RulePlans.step(cause).statement())
        .startsWith("SET LOCAL plan_cache_mode = force_custom_plan;");
  }

  @Test
  void firesForAnArrayOfMoreThanTheTenElementsThatAreExpected() {
    Catalogue catalogue =
        Tables.catalogue(
            Tables.table("instruments", 20_000, 892_928),
            Tables.table("prices", 100_000, 4_431_872));
    Cause cause = RulePlans.onlyCause(examine("fires-array", catalogue));
    assertThat(cause.title())
        .isEqualTo(
            "One plan for arrays of any length is a bad one for this array, on public.instruments");
    assertThat(cause.explanation())
        .contains("expected 10 rows of public.instruments and got 15,000");
    assertThat(cause.explanation()).contains("counts on ten elements");
  }

  @Test
  void firesForARareValueThatAnIndexWouldLeadTo() {
    Plan plan = RulePlans.recorded("GenericPlanIsWorse", "fires-scan");
    assertThat(PlanDiagnosis.of(plan, FRESH).causes())
        .extracting(Cause::rule)
        .containsExactly("GenericPlanIsWorse");
    // Whether there is an index is not known then.
    assertThat(PlanDiagnosis.of(plan, null).causes())
        .extracting(Cause::rule)
        .containsExactly("SeqScanDiscardsMostRows");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(($1 IS NULL) OR (a.state = $2))|true",
        "(($1 IS NULL) OR (a.state = $2)) AND (($3 IS NULL) OR (a.kind = $4))|true",
        "(($1 IS NULL) OR (a.kind = $2))|false",
        "((a.kind IS NULL) OR (a.state = $2))|false"
      })
  void firesForAFilterThatMayBeLeftOut(String filter, boolean fires) {
    Plan plan =
        RulePlans.read(
            """
            Limit  (cost=0.00..90.00 rows=20 width=4) (actual time=0.010..75.000 rows=0 loops=1)
              ->  Index Scan using addresses_made on public.addresses a  (cost=0.00..90.00 rows=400 width=4) (actual time=0.010..74.900 rows=0 loops=1)
                    Filter: (%s)
                    Rows Removed by Filter: 300000
            Execution Time: 75.000 ms
            """
                .formatted(filter));
    assertThat(RulePlans.examine(RULE, plan, FRESH) instanceof Verdict.Found).isEqualTo(fires);
  }

  @ParameterizedTest
  @CsvSource({
    "varchar_pattern_ops, , true",
    "text_pattern_ops, , true",
    ", C, true",
    ", , false",
    ", de_DE, false",
    "varchar_pattern_ops, no catalogue, false"
  })
  void firesForABeginningThatThePlanDoesNotSee(
      @Nullable String operatorClass, @Nullable String collation, boolean fires) {
    Plan plan = RulePlans.recorded("GenericPlanIsWorse", "fires-pattern");
    Catalogue catalogue =
        "no catalogue".equals(collation)
            ? null
            : Customers.catalogue(keyed("btree", "email", null, operatorClass, collation));
    assertThat(PlanDiagnosis.of(plan, catalogue).causes())
        .extracting(Cause::rule)
        .containsExactly(fires ? "GenericPlanIsWorse" : "SeqScanDiscardsMostRows");
  }

  @Test
  void namesTheIndexForBeginnings() {
    Catalogue catalogue =
        Customers.catalogue(keyed("btree", "email", null, "varchar_pattern_ops", null));
    Cause cause = RulePlans.onlyCause(examine("fires-pattern", catalogue));
    assertThat(cause.title())
        .isEqualTo(
            "One plan for all patterns cannot use the index customers_key_idx on public.customers");
    assertThat(cause.explanation())
        .endsWith(
            "this one compared 100,000 rows and kept 11. For a pattern that begins with a wildcard it would do no better.");
    assertThat(RulePlans.step(cause).statement())
        .startsWith("SET LOCAL plan_cache_mode = force_custom_plan;");
    assertThat(examine("clear-pattern", catalogue)).isEqualTo(new Verdict.Clear());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(customers.name ~~ $1)|name||true",
        "(customers.name ~~ ($1 ## '%'::text))|name||true",
        "(lower((customers.email)::text) ~~ $1)||lower((email)::text)|true",
        "(customers.name ^@ $1)|name||true",
        "((customers.tenant_id > $2) AND (customers.name ~~ $1))|name||true",
        // A column that leads to the rows by itself.
        "((customers.tenant_id = $2) AND (customers.name ~~ $1))|name||false",
        "(customers.name ~~ ('%'::text ## $1))|name||false",
        "(customers.name ~~ 'a%'::text)|name||false",
        "(customers.name !~~ $1)|name||false",
        "(customers.name ~~* $1)|name||false",
        "(customers.name ~~ ANY ($1))|name||false",
        "((customers.id)::text ~~ $1)|id||false",
        "(customers.name ~~ $1)|email||false"
      })
  void aBeginningIsUnseenWhereItsPatternIsAParameter(
      String filter, @Nullable String column, @Nullable String expression, boolean fires) {
    Catalogue catalogue =
        Customers.catalogue(keyed("btree", column, expression, "text_pattern_ops", null));
    assertThat(
            RulePlans.examine(RULE, scan(filter.replace("##", "||")), catalogue)
                instanceof Verdict.Found)
        .isEqualTo(fires);
  }

  @Test
  void comparesBeginningsByAnIndexSincePostgreSql15() {
    Catalogue newer = Customers.catalogue(keyed("btree", "name", null, "text_pattern_ops", null));
    Catalogue older = new Catalogue(140_000, newer.relations(), List.of());
    assertThat(RulePlans.examine(RULE, scan("(customers.name ^@ $1)"), older))
        .isEqualTo(new Verdict.Clear());
  }

  @Test
  void firesForARarePatternWhoseTrigramsWouldLeadToIt() {
    Plan plan = RulePlans.recorded("GenericPlanIsWorse", "fires-trigrams");
    Index trigrams = keyed("gin", "name", null, "gin_trgm_ops", null);
    Cause cause = RulePlans.onlyCause(RulePlans.examine(RULE, plan, Customers.catalogue(trigrams)));
    assertThat(cause.explanation())
        .contains(
            "although the index customers_key_idx (for a pattern with three characters in a row) leads to these rows");
    // A plan that was made for its pattern has weighed that index.
    assertThat(
            RulePlans.examine(
                RULE,
                RulePlans.recorded("LeadingWildcard", "fires"),
                Customers.catalogue(trigrams)))
        .isEqualTo(new Verdict.Clear());
  }

  private static Plan scan(String filter) {
    return RulePlans.read(
        """
        Seq Scan on public.customers  (cost=0.00..10.00 rows=500 width=4) (actual time=0.010..90.000 rows=400 loops=1)
          Filter: %s
          Rows Removed by Filter: 99600
        Execution Time: 100.000 ms
        """
            .formatted(filter));
  }

  private static Index keyed(
      String method,
      @Nullable String column,
      @Nullable String expression,
      @Nullable String operatorClass,
      @Nullable String collation) {
    Index plain = Customers.index(method, column, expression, operatorClass, null);
    return new Index(
        plain.name(),
        method,
        List.of(new Index.Key(column, expression, false, false, operatorClass, collation)),
        List.of(),
        null,
        false,
        true,
        0,
        plain.bytes());
  }

  @Test
  void isClearForAPlanThatWasMadeForTheValue() {
    assertThat(examine("clear", FRESH)).isEqualTo(new Verdict.Clear());
    assertThat(RulePlans.examine(RULE, RulePlans.recorded("ColumnsAreCorrelated", "fires"), FRESH))
        .isEqualTo(new Verdict.Clear());
  }

  @Test
  void isInconclusiveWithoutExecution() {
    assertThat(RulePlans.missing(examine("inconclusive", FRESH))).startsWith("rows seen");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(a.kind = $1)|",
        "(a.kind = $2)|",
        // Before PostgreSQL 17 the value of an InitPlan looks like a parameter.
        "(a.kind = $0)|InitPlan 1 (returns $0)",
        "(a.kind = 'costs $1'::text)|",
        "(a.\"$1\" = 7)|"
      })
  void aParameterIsWhatNoInitPlanReturnsAndNoLiteralHolds(
      String condition, @Nullable String initPlan) {
    String below =
        initPlan == null
            ? ""
            : "  %s\n    ->  Result  (cost=0.00..1.00 rows=1 width=4)\n".formatted(initPlan);
    Plan plan =
        RulePlans.read(
            "Seq Scan on public.a  (cost=0.00..10.00 rows=1 width=4)\n  Filter: %s\n%s"
                .formatted(condition, below));
    assertThat(new Parameters(plan).in(plan.root()))
        .isEqualTo(condition.endsWith("$1)") || condition.endsWith("$2)"));
  }

  @ParameterizedTest
  @CsvSource({
    // distinct values of each column, of 300,000 rows; 3,000 rows came
    "100, ColumnsAreCorrelated",
    "100000, GenericPlanIsWorse"
  })
  void severalColumnsAreCorrelatedWhereEachValueIsAUsualOne(double distinct, String rule) {
    Plan plan =
        RulePlans.read(
            """
            Nested Loop  (cost=0.00..90.00 rows=1 width=4) (actual time=0.010..300.000 rows=3000 loops=1)
              Join Filter: (a.id = b.a_id)
              ->  Seq Scan on public.a  (cost=0.00..40.00 rows=1 width=4) (actual time=0.010..1.000 rows=3000 loops=1)
                    Filter: ((a.city = $1) AND (a.zip = $2))
              ->  Seq Scan on public.b  (cost=0.00..40.00 rows=900 width=4) (actual time=0.010..0.090 rows=900 loops=3000)
            Execution Time: 300.000 ms
            """);
    Catalogue catalogue =
        Tables.catalogue(
            Tables.table(
                "a",
                300_000,
                20_480_000,
                Tables.fresh(300_000),
                List.of(Tables.column("city", distinct, 4), Tables.column("zip", distinct, 4)),
                List.of()));
    assertThat(PlanDiagnosis.of(plan, catalogue).causes())
        .extracting(Cause::rule)
        .containsExactly(rule);
  }

  @ParameterizedTest
  @CsvSource({
    // condition, rows expected, rows that passed, an index on
    "a.kind = $1, 150000, 20, kind, true",
    "a.kind = $1, 150000, 20, other, false",
    "a.kind = 7, 150000, 20, kind, false",
    "a.kind = $1, 150, 20, kind, false"
  })
  void anEarlyEndThatDoesNotComeIsForTheValueToTell(
      String condition, long expected, long passed, String indexed, boolean fires) {
    Plan plan =
        RulePlans.read(
            """
            Limit  (cost=0.00..90.00 rows=20 width=4) (actual time=0.010..90.000 rows=%d loops=1)
              ->  Index Scan using by_time on public.a  (cost=0.00..40.00 rows=%d width=4) (actual time=0.010..90.000 rows=%d loops=1)
                    Filter: (%s)
                    Rows Removed by Filter: 299500
            Execution Time: 100.000 ms
            """
                .formatted(passed, expected, passed, condition));
    Catalogue catalogue =
        Tables.catalogue(
            Tables.table(
                "a",
                300_000,
                20_480_000,
                Tables.fresh(300_000),
                List.of(Tables.column("kind", 2, 4)),
                List.of(Tables.index("by_" + indexed, indexed))));
    assertThat(RulePlans.examine(RULE, plan, catalogue) instanceof Verdict.Found).isEqualTo(fires);
  }

  private static Verdict examine(String recorded, @Nullable Catalogue catalogue) {
    return RulePlans.examine(RULE, RulePlans.recorded("GenericPlanIsWorse", recorded), catalogue);
  }
}
