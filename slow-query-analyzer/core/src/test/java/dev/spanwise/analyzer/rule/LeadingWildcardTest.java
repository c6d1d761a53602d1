package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.plan.Plan;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeadingWildcardTest {

  private static final PlanRule RULE = new LeadingWildcard();

  @Test
  void firesWhereThePatternBeginsWithAWildcard() {
    Cause cause = RulePlans.onlyCause(examine("fires"));
    assertThat(cause.title())
        .isEqualTo(
            "Every name of public.customers is searched for a text that may stand anywhere in it");
    assertThat(cause.explanation()).contains("PostgreSQL compared 100,000 rows and kept 6.");
    assertThat(cause.explains()).isEqualTo(Set.of("/Plan"));
    assertThat(cause.remedy())
        .isEqualTo(
            new Remedy.Step(
                Remedy.Kind.CREATE_INDEX,
                "CREATE INDEX CONCURRENTLY ON public.customers USING gin (name gin_trgm_ops)",
                "the what-if planner knows b-trees only; the index needs the extension first: CREATE EXTENSION pg_trgm"));
    assertThat(cause.toString().replace(cause.node().toString(), "")).doesNotContain("abc12");
  }

  @Test
  void firesForAPatternPutTogetherThatBeginsWithAWildcard() {
    assertThat(RulePlans.onlyCause(examine("fires-concatenation")).rule())
        .isEqualTo("LeadingWildcard");
  }

  @Test
  void firesWhereTheCaseIsIgnoredAndTheColumnIsNoText() {
    Cause cause = RulePlans.onlyCause(examine("fires-ignoring-case"));
    assertThat(((Remedy.Step) cause.remedy()).statement())
        .isEqualTo("CREATE INDEX CONCURRENTLY ON public.customers USING gin (email gin_trgm_ops)");
  }

  @Test
  void isClearWhereATrigramIndexServes() {
    assertThat(examine("clear")).isEqualTo(new Verdict.Clear());
  }

  @Test
  void isClearForAPatternThatBeginsWithText() {
    assertThat(examine("prefix")).isEqualTo(new Verdict.Clear());
  }

  @Test
  void respectsATrigramIndexThatIsThere() {
    Plan plan = RulePlans.recorded("LeadingWildcard", "fires");
    assertThat(
            RulePlans.examine(
                RULE,
                plan,
                Customers.catalogue(Customers.index("gin", "name", null, "gin_trgm_ops", null))))
        .isEqualTo(new Verdict.Clear());
    assertThat(RulePlans.examine(RULE, plan, Customers.catalogue(Customers.on("name"))))
        .isInstanceOf(Verdict.Found.class);
  }

  @Test
  void isInconclusiveWhereThePatternIsAParameter() {
    assertThat(examine("inconclusive"))
        .isEqualTo(
            new Verdict.Inconclusive(
                "whether a LIKE pattern begins with a wildcard: it is a parameter or computed"));
  }

  @Test
  void isInconclusiveWithoutExecution() {
    assertThat(examine("not-executed"))
        .isEqualTo(
            new Verdict.Inconclusive(
                "rows thrown away by a LIKE pattern: the plan was not executed (EXPLAIN without ANALYZE)"));
  }

  @Test
  void searchesOverSeveralColumnsNeedAnIndexOnEach() {
    Plan plan = scan("((t.name ~~* '%abc%'::text) OR (t.city ~~* '%abc%'::text))", 100_000, 90);
    Cause cause = RulePlans.onlyCause(RulePlans.examine(RULE, plan));
    assertThat(cause.title()).startsWith("Every name and city of public.t is searched");
    assertThat(((Remedy.Step) cause.remedy()).statement())
        .isEqualTo(
            """
            CREATE INDEX CONCURRENTLY ON public.t USING gin (name gin_trgm_ops);
            CREATE INDEX CONCURRENTLY ON public.t USING gin (city gin_trgm_ops)""");
  }

  @ParameterizedTest
  @CsvSource({"10000, 20, true", "9999, 20, false", "10000, 19.9, false"})
  void firesFromItsBoundsOn(long thrownAway, double ms, boolean fires) {
    Plan plan = scan("(t.name ~~ '%abc%'::text)", thrownAway, ms);
    assertThat(RulePlans.examine(RULE, plan) instanceof Verdict.Found).isEqualTo(fires);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "t.name ~~ '_bcd%'::text|USING gin (name gin_trgm_ops)",
        "t.name ~~ '%ab%cd_e%'::text|Ask for a longer text",
        "t.name ~~ '%\\%\\_c%'::text|USING gin (name gin_trgm_ops)",
        "lower(t.name) ~~ '%abc%'::text|USING gin (lower(name) gin_trgm_ops)",
        "(t.profile ->> 'name'::text) ~~ '%abc%'::text|Search a column itself",
        "t.name ~~ '%abc%'::citext|Search lower(name::text) LIKE lower(?)",
        "t.name ~~ '%abc%'::citext|ON public.t USING gin (lower(name::text) gin_trgm_ops)"
      })
  void advisesWhatThePatternAllows(String filter, String advice) {
    Cause cause =
        RulePlans.onlyCause(RulePlans.examine(RULE, scan("(" + filter + ")", 100_000, 90)));
    assertThat(((Remedy.Step) cause.remedy()).statement()).contains(advice);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "(t.name !~~ '%abc%'::text)",
        "(t.name ~~ 'abc%'::text)",
        "(t.name ~~ ''::text)",
        "((t.tenant_id = 7) AND (t.name ~~ '%abc%'::text))",
        "((t.name ~~ '%abc%'::text) OR (t.id = 7))",
        "('abc'::text ~~ t.name)"
      })
  void isClearWhereNoWildcardIsToBlame(String filter) {
    assertThat(RulePlans.examine(RULE, scan(filter, 100_000, 90))).isEqualTo(new Verdict.Clear());
  }

  @Test
  void asksForTextWhereNoTrigramIndexTakesTheColumnsType() {
    Plan plan =
        RulePlans.read(
            """
            Seq Scan on public.customers  (cost=0.00..10.00 rows=1 width=4) (actual time=0.010..90.000 rows=0 loops=1)
              Filter: (customers.reference ~~ '%abc%'::text)
              Rows Removed by Filter: 100000
            Execution Time: 100.000 ms
            """);
    Cause cause = RulePlans.onlyCause(RulePlans.examine(RULE, plan, Customers.catalogue()));
    assertThat(RulePlans.step(cause).statement())
        .startsWith("Search reference::text")
        .endsWith(
            "CREATE INDEX CONCURRENTLY ON public.customers USING gin ((reference::text) gin_trgm_ops)");
  }

  private static Plan scan(String filter, long thrownAway, double ms) {
    return RulePlans.read(
        """
        Seq Scan on public.t  (cost=0.00..10.00 rows=1 width=4) (actual time=0.010..%.3f rows=0 loops=1)
          Filter: %s
          Rows Removed by Filter: %d
        Execution Time: 100.000 ms
        """
            .formatted(ms, filter, thrownAway));
  }

  private static Verdict examine(String name) {
    return RulePlans.examine(RULE, RulePlans.recorded("LeadingWildcard", name));
  }
}
