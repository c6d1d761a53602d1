package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.catalogue.Index;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.Plan;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionHidesColumnTest {

  private static final PlanRule RULE = new FunctionHidesColumn();

  @Test
  void firesWhereAFunctionOfTheColumnIsCompared() {
    Cause cause = RulePlans.onlyCause(examine("fires"));
    assertThat(cause.relation()).isEqualTo(new RelationName("public", "customers"));
    assertThat(cause.explains()).isEqualTo(Set.of("/Plan"));
    assertThat(cause.title())
        .isEqualTo(
            "lower(email) is computed for each row of public.customers to find 1 of 100,000");
    assertThat(cause.explanation())
        .contains("An index on email is in the order of what is stored there");
    assertThat(RulePlans.evidence(cause.evidence(), "compared expression"))
        .isEqualTo("lower(email)");
    assertThat(cause.remedy())
        .isEqualTo(
            new Remedy.Step(
                Remedy.Kind.CREATE_INDEX,
                "CREATE INDEX CONCURRENTLY ON public.customers (lower((email)::text))",
                "the what-if planner is not asked about expressions"));
  }

  @Test
  void asksForARangeWhereATimeIsTruncated() {
    Cause cause = RulePlans.onlyCause(examine("fires-range"));
    assertThat(step(cause).kind()).isEqualTo(Remedy.Kind.REWRITE_QUERY);
    assertThat(step(cause).statement())
        .isEqualTo(
            "Compare signed_up itself with the range that is meant: signed_up >= ? AND signed_up < ? instead of date_trunc(?, signed_up). It needs an index, if there is none like it: CREATE INDEX CONCURRENTLY ON public.customers (signed_up)");
  }

  @Test
  void namesTheIndexThatServesTheRange() {
    Plan plan = RulePlans.recorded("FunctionHidesColumn", "fires-range");
    Cause cause =
        RulePlans.onlyCause(
            RulePlans.examine(RULE, plan, Customers.catalogue(Customers.on("signed_up"))));
    assertThat(step(cause).statement())
        .endsWith("The index customers_key_idx then finds the rows.");
    assertThat(
            step(RulePlans.onlyCause(RulePlans.examine(RULE, plan, Customers.catalogue())))
                .statement())
        .endsWith(
            "There is no index for it yet: CREATE INDEX CONCURRENTLY ON public.customers (signed_up)");
  }

  @Test
  void keepsTheLiteralsOfTheStatementToItself() {
    Cause cause = RulePlans.onlyCause(examine("fires-json"));
    assertThat(step(cause).statement())
        .contains("ON public.customers ((profile ->> ?)), with the statement's own literals");
    assertThat(cause.toString().replace(cause.node().toString(), ""))
        .doesNotContain("'plan'", "p7");
  }

  @Test
  void firesWhereAnIndexFindsTheRowsByAnotherColumn() {
    Cause cause = RulePlans.onlyCause(examine("fires-index-scan"));
    assertThat(cause.title()).startsWith("upper(email) is computed");
    assertThat(cause.timeShare()).isGreaterThan(0.9);
  }

  @Test
  void isClearWhereAnExpressionIndexServes() {
    assertThat(examine("clear")).isEqualTo(new Verdict.Clear());
  }

  @Test
  void isClearWhereAColumnComparedAsItIsWouldLeadToTheRows() {
    assertThat(examine("clear-selective-column")).isEqualTo(new Verdict.Clear());
  }

  @Test
  void isInconclusiveWithoutExecution() {
    assertThat(examine("inconclusive"))
        .isEqualTo(
            new Verdict.Inconclusive(
                "rows thrown away by a filter on an expression: the plan was not executed (EXPLAIN without ANALYZE)"));
  }

  @Test
  void respectsAnIndexOnTheExpressionThatIsThere() {
    Plan plan = RulePlans.recorded("FunctionHidesColumn", "fires");
    assertThat(RulePlans.examine(RULE, plan, Customers.catalogue(expression(null, null))))
        .isEqualTo(new Verdict.Clear());
    assertThat(RulePlans.examine(RULE, plan, Customers.catalogue(expression(null, "(id > 9)"))))
        .isInstanceOf(Verdict.Found.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonb_path_ops", "jsonb_ops"})
  void asksAnIndexOfDocumentsThatIsThere(String operatorClass) {
    Cause cause =
        RulePlans.onlyCause(
            RulePlans.examine(
                RULE,
                RulePlans.recorded("FunctionHidesColumn", "fires-json-path"),
                Customers.catalogue(documents(operatorClass))));
    assertThat(step(cause).kind()).isEqualTo(Remedy.Kind.REWRITE_QUERY);
    assertThat(step(cause).statement())
        .isEqualTo(
            "Ask for the documents that contain it: profile @> jsonb_build_object(?, jsonb_build_object(?, ?::text)) instead of (profile -> ?) ->> ? = ?. The index customers_key_idx then finds the rows. With ?::text it finds JSON strings alone: a number or a boolean, of which ->> makes text as well, has to be given as one. Or else create an index on the expression as the statement writes it: ON public.customers (((profile -> ?) ->> ?)), with the statement's own literals for ?.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "((customers.profile ->> 'plan'::text) = 'x'::text)|true",
        "('x'::text = (customers.profile ->> 'plan'::text))|true",
        "((((customers.profile -> 'a'::text) -> 'b'::text) ->> 'c'::text) = $1)|true",
        // The number of an element is no key.
        "(((customers.profile -> 0) ->> 'a'::text) = 'x'::text)|false",
        "((customers.profile ->> 'plan'::text) > 'x'::text)|false",
        "(lower((customers.profile ->> 'plan'::text)) = 'x'::text)|false",
        "(((customers.profile ->> 'age'::text))::integer = 7)|false",
        "((customers.name ->> 'plan'::text) = 'x'::text)|false"
      })
  void asksDocumentsForAFieldThatIsText(String filter, boolean contained) {
    Plan plan =
        RulePlans.read(
            """
            Seq Scan on public.customers  (cost=0.00..10.00 rows=1 width=4) (actual time=0.010..90.000 rows=0 loops=1)
              Filter: %s
              Rows Removed by Filter: 100000
            Execution Time: 100.000 ms
            """
                .formatted(filter));
    Cause cause =
        RulePlans.onlyCause(
            RulePlans.examine(RULE, plan, Customers.catalogue(documents("jsonb_path_ops"))));
    assertThat(step(cause).statement().contains(" @> ")).isEqualTo(contained);
  }

  @Test
  void knowsOfNoIndexOfDocumentsWithoutOneThatServes() {
    Plan plan = RulePlans.recorded("FunctionHidesColumn", "fires-json-path");
    Index partial = Customers.index("gin", "profile", null, "jsonb_path_ops", "(tenant_id = 1)");
    for (Index index : List.of(partial, Customers.on("profile"), Customers.on("id"))) {
      Cause cause = RulePlans.onlyCause(RulePlans.examine(RULE, plan, Customers.catalogue(index)));
      assertThat(step(cause).statement()).doesNotContain("@>");
    }
  }

  /** The default operator class of a type is not told. */
  private static Index documents(String operatorClass) {
    String told = operatorClass.equals("jsonb_ops") ? null : operatorClass;
    return Customers.index("gin", "profile", null, told, null);
  }

  private static Index expression(@Nullable String operatorClass, @Nullable String predicate) {
    return Customers.index("btree", null, "lower((email)::text)", operatorClass, predicate);
  }

  @ParameterizedTest
  @CsvSource({
    // expected of 100,000 rows; the planner puts in 0.005 for the function
    "50, false",
    "51, true"
  })
  void blamesTheFunctionWhereTheOtherColumnsKeepMoreThanATenth(long expected, boolean fires) {
    Plan plan = scan("((t.tenant_id = 7) AND (lower(t.name) = 'x'::text))", expected, 100_000, 90);
    assertThat(RulePlans.examine(RULE, plan) instanceof Verdict.Found).isEqualTo(fires);
  }

  @ParameterizedTest
  @CsvSource({"10000, 20, true", "9999, 20, false", "10000, 19.9, false"})
  void firesFromItsBoundsOn(long thrownAway, double ms, boolean fires) {
    Plan plan = scan("(lower(t.name) = 'x'::text)", 1, thrownAway, ms);
    assertThat(RulePlans.examine(RULE, plan) instanceof Verdict.Found).isEqualTo(fires);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(t.name = 'x'::text)",
        "(t.name = lower('X'::text))",
        "(lower(t.name) = upper(t.code))",
        "(lower(t.name) <> 'x'::text)",
        "(lower(t.name) ~~ '%x'::text)",
        "(lower(t.name) ~~ $1)",
        "((SubPlan 1) > 5)",
        "((t.at)::date = '2024-01-01'::date)"
      })
  void isClearWhereNoFunctionHidesAColumn(String filter) {
    assertThat(RulePlans.examine(RULE, scan(filter, 1, 100_000, 90)))
        .isEqualTo(new Verdict.Clear());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "lower(t.name) ~~ 'x%'::text;CREATE INDEX CONCURRENTLY ON public.t (lower(name) text_pattern_ops)",
        "'x'::text = TRIM(BOTH FROM t.name);CREATE INDEX CONCURRENTLY ON public.t (TRIM(BOTH FROM name))",
        "to_tsvector('english'::regconfig, t.body) @@ '''x'''::tsquery;USING gin ((to_tsvector(?, body)))",
        "EXTRACT(year FROM t.at) = '2021'::numeric;at >= ? AND at < ? instead of EXTRACT(year FROM at)",
        "date_part('year'::text, t.at) = '2021'::double precision;at >= ? AND at < ?",
        "EXTRACT(dow FROM t.at) = '2'::numeric;create an index on the expression",
        "(t.at AT TIME ZONE 'UTC'::text) >= '2021-01-01'::timestamp without time zone;write at = ? AT TIME ZONE ? where at AT TIME ZONE ? is compared now",
        "((t.at AT TIME ZONE 'Europe/Berlin'::text))::date = '2025-03-03'::date;at >= ? AT TIME ZONE ? AND at < ? AT TIME ZONE ?",
        "((t.at AT TIME ZONE 'Europe/Berlin'::text))::time without time zone = '12:00:00'::time without time zone;create an index on the expression",
        "COALESCE(t.amount, 0) = 5;Compare amount itself, and ask for amount IS NULL",
        "(t.amount + 1) = 5;leave amount alone on its side instead of amount + ?",
        "(t.amount % 10) = 5;ON public.t ((amount % ?))",
        "to_char(t.at, 'YYYY-MM'::text) = '2021-03'::text;Compare at itself with the range that is meant: at >= ? AND at < ? instead of to_char(at, ?)",
        "to_char(t.at, 'yyyymmdd\"T\"hh24:mi:ss.ms'::text) = 'x'::text;Compare at itself with the range",
        "to_char(t.at, 'IYYY-IW'::text) = '2021-03'::text;Compare at itself with the range",
        "(to_char(t.at, 'YYYY'::text))::integer = 2021;Compare at itself with the range",
        "to_char(t.at, 'Day'::text) = 'Monday'::text;No index can be made on to_char(at, ?)",
        "to_char(t.at, 'YYYY-MM-DD HH:MI'::text) = 'x'::text;a function of your own that is IMMUTABLE",
        "to_char(t.at, 'DD.MM.YYYY'::text) = '01.02.2021'::text;a function of your own that is IMMUTABLE",
        "to_char(t.at, 'YYYY-IW'::text) = '2021-03'::text;a function of your own that is IMMUTABLE",
        "to_char(t.at, $1) = 'x'::text;Look at the format of to_char(at, $1) first",
        "to_char(t.at, ?::text) = ?::text;Look at the format of to_char(at, ?) first",
        "\"left\"(t.name, 3) = 'abc'::text;Ask for the beginning by LIKE: name LIKE ? instead of \"left\"(name, ?). It needs an index for patterns: CREATE INDEX CONCURRENTLY ON public.t (name text_pattern_ops)",
        "SUBSTRING(t.name FROM 1 FOR 3) = 'abc'::text;Ask for the beginning by LIKE",
        "SUBSTRING(t.name FROM 4 FOR 3) = 'abc'::text;create an index on the expression",
        "my_schema.score(t.amount) > 5;ON public.t ((my_schema.score(amount)))",
        "((t.first || ' '::text) || t.last) = 'x'::text;ON public.t (((first || ?) || last))",
        "((t.profile ->> 'age'::text))::integer > 5;ON public.t ((((profile ->> ?))::integer))"
      })
  void advisesWhatTheExpressionAllows(String filter, String advice) {
    Cause cause =
        RulePlans.onlyCause(RulePlans.examine(RULE, scan("(" + filter + ")", 1, 100_000, 90)));
    assertThat(step(cause).statement()).contains(advice);
  }

  @Test
  void findsTheBeginningByTheOperatorsOfTheColumnsType() {
    Plan plan =
        RulePlans.read(
            """
            Seq Scan on public.customers  (cost=0.00..10.00 rows=1 width=4) (actual time=0.010..90.000 rows=0 loops=1)
              Filter: ("left"((customers.reference)::text, 3) = 'abc'::text)
              Rows Removed by Filter: 100000
            Execution Time: 100.000 ms
            """);
    assertThat(
            step(RulePlans.onlyCause(RulePlans.examine(RULE, plan, Customers.catalogue())))
                .statement())
        .endsWith("CREATE INDEX CONCURRENTLY ON public.customers (reference bpchar_pattern_ops)");
  }

  @Test
  void keepsWhatTheIndexLooksUpAlready() {
    Plan plan =
        RulePlans.read(
            """
            Nested Loop  (cost=0.00..90.00 rows=1 width=4) (actual time=0.010..95.000 rows=5 loops=1)
              ->  Seq Scan on public.a  (cost=0.00..9.00 rows=1 width=4) (actual time=0.010..1.000 rows=500 loops=1)
              ->  Index Scan using t_a_id_idx on public.t  (cost=0.00..9.00 rows=1 width=4) (actual time=0.010..0.180 rows=0 loops=500)
                    Index Cond: ((t.a_id = a.id) AND (t.at > '2024-01-01'::date))
                    Filter: (lower(t.name) = 'x'::text)
                    Rows Removed by Filter: 400
            Execution Time: 100.000 ms
            """);
    assertThat(step(RulePlans.onlyCause(RulePlans.examine(RULE, plan))).statement())
        .isEqualTo("CREATE INDEX CONCURRENTLY ON public.t (a_id, lower(name))");
  }

  private static Plan scan(String filter, long expected, long thrownAway, double ms) {
    return RulePlans.read(
        """
        Seq Scan on public.t  (cost=0.00..10.00 rows=%d width=4) (actual time=0.010..%.3f rows=0 loops=1)
          Filter: %s
          Rows Removed by Filter: %d
        Execution Time: 100.000 ms
        """
            .formatted(expected, ms, filter, thrownAway));
  }

  private static Remedy.Step step(Cause cause) {
    return (Remedy.Step) cause.remedy();
  }

  private static Verdict examine(String name) {
    return RulePlans.examine(RULE, RulePlans.recorded("FunctionHidesColumn", name));
  }
}
