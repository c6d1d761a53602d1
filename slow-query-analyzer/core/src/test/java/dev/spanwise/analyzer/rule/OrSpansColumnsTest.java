package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.Plan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrSpansColumnsTest {

  private static final PlanRule RULE = new OrSpansColumns();

  @Test
  void firesForAnOrOverTwoColumnsOfATable() {
    Cause cause = RulePlans.onlyCause(examine("fires"));
    assertThat(cause.relation()).isEqualTo(new RelationName("public", "orders"));
    assertThat(cause.title())
        .isEqualTo("Every row of public.orders is read for an OR over customer_id and seller_id");
    assertThat(cause.explanation()).contains("read 100,000 rows and kept 9.");
    assertThat(step(cause))
        .isEqualTo(
            new Remedy.Step(
                Remedy.Kind.CREATE_INDEX,
                """
                CREATE INDEX CONCURRENTLY ON public.orders (customer_id);
                CREATE INDEX CONCURRENTLY ON public.orders (seller_id)""",
                "the what-if planner is asked about one index at a time, and none of these serves alone; the catalogue is not known, so one of them may be there already"));
  }

  @Test
  void firesForAnOrOfSubqueries() {
    Plan plan =
        RulePlans.read(
            """
            Seq Scan on public.orders o  (cost=0.00..90.00 rows=1 width=4) (actual time=0.010..240.000 rows=5 loops=1)
              Filter: ((hashed SubPlan 1) OR (hashed SubPlan 2))
              Rows Removed by Filter: 858680
              SubPlan 1
                ->  Seq Scan on public.a  (cost=0.00..1.00 rows=3 width=4) (actual time=0.010..0.020 rows=3 loops=1)
              SubPlan 2
                ->  Seq Scan on public.b  (cost=0.00..1.00 rows=2 width=4) (actual time=0.010..0.020 rows=2 loops=1)
            Execution Time: 240.200 ms
            """);
    Cause cause = RulePlans.onlyCause(RulePlans.examine(RULE, plan));
    assertThat(cause.title())
        .isEqualTo("Every row of public.orders is read for an OR over 2 subqueries");
    assertThat(RulePlans.step(cause).statement()).contains("one for each side of the OR");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fires-subquery", "fires-subquery-18"})
  void asksForAUnionWhereOneSideIsASubquery(String name) {
    Cause cause = RulePlans.onlyCause(examine(name));
    assertThat(cause.title())
        .isEqualTo("Every row of public.orders is read for an OR over coupon or a subquery");
    assertThat(step(cause).kind()).isEqualTo(Remedy.Kind.REWRITE_QUERY);
    assertThat(step(cause).statement())
        .contains("UNION: one that asks for coupon, one that asks for the subquery");
  }

  @ParameterizedTest
  @CsvSource({"fires-two-tables, 99996", "fires-outer-join, 99999"})
  void asksForAUnionWhereTheOrSpansTwoTables(String name, long thrownAway) {
    Cause cause = RulePlans.onlyCause(examine(name));
    assertThat(cause.title())
        .endsWith("pairs of rows are thrown away by an OR over c.name and o.coupon");
    assertThat(RulePlans.evidence(cause.evidence(), "pairs thrown away")).isEqualTo(thrownAway);
    assertThat(cause.explains()).contains("/Plan", "/Plan/Plans/0", "/Plan/Plans/1/Plans/0");
    assertThat(step(cause).kind()).isEqualTo(Remedy.Kind.REWRITE_QUERY);
    assertThat(step(cause).statement())
        .contains("one that asks for c.name, another that asks for o.coupon");
  }

  @Test
  void asksForIndexesOnTheInnerTableWhereTheOrIsTheJoin() {
    Cause cause = RulePlans.onlyCause(examine("fires-join"));
    assertThat(cause.title())
        .isEqualTo(
            "399,800 pairs of rows are thrown away by an OR over p.home, p.office and t.name");
    assertThat(step(cause).statement())
        .isEqualTo("CREATE INDEX CONCURRENTLY ON public.towns (name)");
  }

  @Test
  void standsForTheRulesOnScansAndLoops() {
    for (String name : new String[] {"fires", "fires-two-tables", "fires-join"}) {
      assertThat(PlanDiagnosis.of(RulePlans.recorded("OrSpansColumns", name), null).causes())
          .extracting(Cause::rule)
          .containsExactly("OrSpansColumns");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"clear", "clear-one-column"})
  void isClearWhereIndexesServeOrOneColumnIsAskedFor(String name) {
    assertThat(examine(name)).isEqualTo(new Verdict.Clear());
  }

  @Test
  void isInconclusiveWithoutExecution() {
    assertThat(examine("inconclusive"))
        .isEqualTo(
            new Verdict.Inconclusive(
                "rows thrown away by an OR: the plan was not executed (EXPLAIN without ANALYZE)"));
  }

  @Test
  void makesOnlyTheIndexThatIsMissing() {
    Plan plan = scan("((customers.name = 'x'::text) OR (customers.id = 7))", 100_000, 90);
    Cause cause =
        RulePlans.onlyCause(RulePlans.examine(RULE, plan, Customers.catalogue(Customers.on("id"))));
    assertThat(step(cause).statement())
        .isEqualTo("CREATE INDEX CONCURRENTLY ON public.customers (name)");
    assertThat(
            RulePlans.examine(
                RULE, plan, Customers.catalogue(Customers.on("id"), Customers.on("name"))))
        .isEqualTo(new Verdict.Clear());
  }

  @ParameterizedTest
  @CsvSource({"10000, 20, true", "9999, 20, false", "10000, 19.9, false"})
  void firesFromItsBoundsOn(long thrownAway, double ms, boolean fires) {
    Plan ofScan = scan("((customers.name = 'x'::text) OR (customers.id = 7))", thrownAway, ms);
    assertThat(RulePlans.examine(RULE, ofScan) instanceof Verdict.Found).isEqualTo(fires);
    Plan ofJoin =
        RulePlans.read(
            """
            Nested Loop  (cost=0.00..10.00 rows=1 width=4) (actual time=0.010..%.3f rows=0 loops=1)
              Join Filter: ((a.x = 1) OR (b.y = 2))
              Rows Removed by Join Filter: %d
              ->  Seq Scan on public.a  (cost=0.00..5.00 rows=1 width=4) (actual time=0.010..0.100 rows=100 loops=1)
              ->  Seq Scan on public.b  (cost=0.00..5.00 rows=1 width=4) (actual time=0.010..0.100 rows=100 loops=100)
            Execution Time: 100.000 ms
            """
                .formatted(ms, thrownAway));
    assertThat(RulePlans.examine(RULE, ofJoin) instanceof Verdict.Found).isEqualTo(fires);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "((customers.name = 'x'::text) AND (customers.id = 7))",
        "(($1 IS NULL) OR (customers.id = $1))",
        "((customers.name = 'x'::text) OR (customers.name = 'y'::text))",
        "((customers.name = 'x'::text) OR (lower(customers.email) = 'y'::text))",
        "((customers.tenant_id = 7) AND ((customers.name = 'x'::text) OR (customers.id = 7)))",
        "(hashed SubPlan 1)",
        "(alternatives: SubPlan 1 or hashed SubPlan 2)"
      })
  void isClearWhereIndexesOnTheSidesWouldNotHelpOrNoneIsNeeded(String filter) {
    assertThat(RulePlans.examine(RULE, scan(filter, 100_000, 90))).isEqualTo(new Verdict.Clear());
  }

  @Test
  void isClearWhereMostPairsJoin() {
    Plan plan =
        RulePlans.read(
            """
            Nested Loop  (cost=0.00..10.00 rows=1 width=4) (actual time=0.010..90.000 rows=900000 loops=1)
              Join Filter: ((a.x = b.x) OR (a.y = b.y))
              Rows Removed by Join Filter: 100000
              ->  Seq Scan on public.a  (cost=0.00..5.00 rows=1 width=4) (actual time=0.010..0.100 rows=1000 loops=1)
              ->  Seq Scan on public.b  (cost=0.00..5.00 rows=1 width=4) (actual time=0.010..0.100 rows=1000 loops=1000)
            Execution Time: 100.000 ms
            """);
    assertThat(RulePlans.examine(RULE, plan)).isEqualTo(new Verdict.Clear());
  }

  @Test
  void makesTheIndexesOnThePartitionedTable() {
    Plan plan =
        RulePlans.read(
            """
            Nested Loop  (cost=0.00..10.00 rows=1 width=4) (actual time=0.010..90.000 rows=9 loops=1)
              Join Filter: ((m_1.home = b.id) OR (m_1.office = b.id))
              Rows Removed by Join Filter: 100000
              ->  Seq Scan on public.b  (cost=0.00..5.00 rows=1 width=4) (actual time=0.010..0.100 rows=100 loops=1)
              ->  Seq Scan on public.m_01 m_1  (cost=0.00..5.00 rows=1 width=4) (actual time=0.010..0.800 rows=1000 loops=100)
            Execution Time: 100.000 ms
            """);
    Catalogue catalogue =
        Tables.catalogue(
            Tables.partition("m", null), Tables.partition("m_01", new RelationName("public", "m")));
    assertThat(step(RulePlans.onlyCause(RulePlans.examine(RULE, plan, catalogue))).statement())
        .isEqualTo("CREATE INDEX ON public.m (home);\nCREATE INDEX ON public.m (office)");
  }

  private static Plan scan(String filter, long thrownAway, double ms) {
    return RulePlans.read(
        """
        Seq Scan on public.customers  (cost=0.00..10.00 rows=1 width=4) (actual time=0.010..%.3f rows=0 loops=1)
          Filter: %s
          Rows Removed by Filter: %d
        Execution Time: 100.000 ms
        """
            .formatted(ms, filter, thrownAway));
  }

  private static Remedy.Step step(Cause cause) {
    return (Remedy.Step) cause.remedy();
  }

  private static Verdict examine(String name) {
    return RulePlans.examine(RULE, RulePlans.recorded("OrSpansColumns", name));
  }
}
