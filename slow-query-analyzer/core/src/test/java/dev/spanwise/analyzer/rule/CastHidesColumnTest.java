package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.plan.Plan;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CastHidesColumnTest {

  private static final PlanRule RULE = new CastHidesColumn();

  @Test
  void firesForAJoinThatConvertsTheColumnOfTheLargeTable() {
    Cause cause = RulePlans.onlyCause(RulePlans.examine(RULE, joined("(b.booking_id)::numeric")));
    assertThat(cause.title())
        .isEqualTo(
            "booking_id of public.bookings is converted to numeric for each row to join 30 of 300,000");
    assertThat(RulePlans.step(cause).statement())
        .contains("Give the compared value the type of booking_id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"b.booking_id", "(b.booking_id + 1)"})
  void isClearWhereAJoinConvertsNothing(String compared) {
    assertThat(RulePlans.examine(RULE, joined(compared))).isEqualTo(new Verdict.Clear());
  }

  @Test
  void isInconclusiveWhereAJoinMayOnlyRename() {
    assertThat(RulePlans.missing(RulePlans.examine(RULE, joined("(b.booking_id)::text"))))
        .startsWith("the type of public.bookings.booking_id, which a condition casts");
  }

  private static Plan joined(String compared) {
    return RulePlans.read(
        """
        Hash Join  (cost=0.00..90.00 rows=45000 width=4) (actual time=0.010..89.000 rows=30 loops=1)
          Hash Cond: (%s = p.partner_ref)
          ->  Seq Scan on public.bookings b  (cost=0.00..40.00 rows=300000 width=4) (actual time=0.010..35.000 rows=300000 loops=1)
          ->  Hash  (cost=0.00..40.00 rows=30 width=4) (actual time=0.010..0.040 rows=30 loops=1)
                ->  Seq Scan on public.partner_arrivals p  (cost=0.00..40.00 rows=30 width=4) (actual time=0.010..0.030 rows=30 loops=1)
        Execution Time: 90.000 ms
        """
            .formatted(compared));
  }

  @Test
  void firesWhereTheValueHasAnotherTypeThanTheColumn() {
    Cause cause =
        RulePlans.onlyCause(RulePlans.examine(RULE, recorded("fires"), Customers.catalogue()));
    assertThat(cause.title())
        .isEqualTo(
            "id of public.customers is converted to numeric for each row to find 1 of 100,000");
    assertThat(cause.explanation())
        .contains("The compared value is of type numeric, and the column is bigint.");
    assertThat(cause.explains()).isEqualTo(Set.of("/Plan"));
    assertThat(RulePlans.evidence(cause.evidence(), "compared expression"))
        .isEqualTo("id::numeric");
    assertThat(step(cause).kind()).isEqualTo(Remedy.Kind.REWRITE_QUERY);
    assertThat(step(cause).statement())
        .startsWith("Give the compared value the type of id instead of numeric:")
        .endsWith("CREATE INDEX CONCURRENTLY ON public.customers (id)");
  }

  @Test
  void firesWithoutACatalogueWhereOnlyAConversionCanBeMeant() {
    Cause cause = RulePlans.onlyCause(RulePlans.examine(RULE, recorded("fires")));
    assertThat(cause.explanation()).contains("is of type numeric, and the column is not.");
  }

  @Test
  void asksForTheRangeOfADay() {
    Cause cause =
        RulePlans.onlyCause(
            RulePlans.examine(
                RULE, recorded("fires-date"), Customers.catalogue(Customers.on("signed_up"))));
    assertThat(step(cause).statement())
        .isEqualTo(
            "Compare signed_up itself with the range that is meant: signed_up >= ? AND signed_up < ? instead of signed_up::date. The index customers_key_idx then finds the rows.");
  }

  @Test
  void firesForAColumnOfTypeCharacterComparedWithText() {
    Plan plan = recorded("fires-character");
    assertThat(
            RulePlans.onlyCause(RulePlans.examine(RULE, plan, Customers.catalogue())).explanation())
        .contains("The compared value is of type text, and the column is character(8).");
  }

  @Test
  void isClearWhereTheCastOnlyRenamesTheType() {
    assertThat(RulePlans.examine(RULE, recorded("varchar"), Customers.catalogue()))
        .isEqualTo(new Verdict.Clear());
  }

  @Test
  void isInconclusiveWhereOnlyTheColumnsTypeWouldTell() {
    assertThat(RulePlans.examine(RULE, recorded("varchar")))
        .isEqualTo(
            new Verdict.Inconclusive(
                "the type of public.customers.email, which a condition casts: no database was named"));
  }

  @Test
  void isClearWhereTheIndexIsUsed() {
    assertThat(RulePlans.examine(RULE, recorded("clear"))).isEqualTo(new Verdict.Clear());
  }

  @Test
  void isInconclusiveWithoutExecution() {
    assertThat(RulePlans.examine(RULE, recorded("inconclusive")))
        .isEqualTo(
            new Verdict.Inconclusive(
                "rows thrown away by a filter on a cast column: the plan was not executed (EXPLAIN without ANALYZE)"));
  }

  @ParameterizedTest
  @CsvSource({"10000, 20, true", "9999, 20, false", "10000, 19.9, false"})
  void firesFromItsBoundsOn(long thrownAway, double ms, boolean fires) {
    Plan plan = scan("((customers.id)::numeric = '42'::numeric)", thrownAway, ms);
    assertThat(RulePlans.examine(RULE, plan) instanceof Verdict.Found).isEqualTo(fires);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "(customers.visited_at)::date >= '2024-01-01'::date|true",
        "(customers.visited_at)::timestamp with time zone > $1|true",
        "(customers.visited_at)::timestamp without time zone = $1|false",
        "(customers.visited_at)::timestamp(0) without time zone = $1|true",
        "(customers.tenant_id)::text = ANY ('{1,2}'::text[])|true",
        "(customers.name)::text = 'x'::text|false",
        "(customers.email)::bpchar = 'x'::bpchar|true",
        "(customers.id)::numeric <> 42.0|false",
        "(customers.id)::numeric = (customers.tenant_id)::numeric|false"
      })
  void tellsConversionsFromNames(String filter, boolean fires) {
    Verdict verdict =
        RulePlans.examine(RULE, scan("(" + filter + ")", 100_000, 90), Customers.catalogue());
    assertThat(verdict instanceof Verdict.Found).isEqualTo(fires);
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

  private static Plan recorded(String name) {
    return RulePlans.recorded("CastHidesColumn", name);
  }
}
