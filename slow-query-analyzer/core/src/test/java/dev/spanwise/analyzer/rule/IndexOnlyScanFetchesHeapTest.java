package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanwise.analyzer.catalogue.Activity;
import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.Plan;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IndexOnlyScanFetchesHeapTest {

  private static final PlanRule RULE = new IndexOnlyScanFetchesHeap();

  @Test
  void firesWhereTheTableWasNotVacuumed() {
    Cause cause = RulePlans.onlyCause(examine("fires"));
    assertThat(cause.relation()).isEqualTo(new RelationName("public", "sessions"));
    assertThat(cause.title())
        .isEqualTo("The index-only scan of public.sessions fetches 380,000 rows from the table");
    assertThat(cause.explanation()).contains("380,000 fetches for 380,000 rows.");
    assertThat(cause.timeShare()).isCloseTo(0.5 * 54.000 / 70.112, within(1e-9));
    assertThat(cause.remedy())
        .isEqualTo(
            new Remedy.Step(
                Remedy.Kind.VACUUM,
                "VACUUM public.sessions",
                "only VACUUM itself shows how many pages it can mark"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fires-18", "fires-parallel"})
  void countsTheFetchesOfAllProcessesOnce(String name) {
    Cause cause = RulePlans.onlyCause(examine(name));
    assertThat(RulePlans.evidence(cause.evidence(), "heap fetches")).isEqualTo(380_000L);
    assertThat(cause.timeShare()).isBetween(0.2, 0.5);
  }

  @Test
  void saysWhenTheTableWasVacuumed() {
    Relation sessions =
        new Relation(
            "public",
            "sessions",
            Relation.Kind.TABLE,
            100_000.0,
            8_192,
            List.of(),
            List.of(),
            new Activity(100_000, 0, 0, 100_000, null, Instant.parse("2026-01-02T03:04:05Z")));
    Cause cause =
        RulePlans.onlyCause(
            RulePlans.examine(
                RULE,
                RulePlans.recorded("IndexOnlyScanFetchesHeap", "fires"),
                new Catalogue(150_000, List.of(sessions), List.of())));
    assertThat(RulePlans.evidence(cause.evidence(), "last vacuumed"))
        .isEqualTo("2026-01-02T03:04:05Z");
  }

  @Test
  void isClearAfterVacuum() {
    assertThat(examine("clear")).isEqualTo(new Verdict.Clear());
  }

  @Test
  void isInconclusiveWithoutExecution() {
    assertThat(examine("inconclusive"))
        .isEqualTo(
            new Verdict.Inconclusive(
                "heap fetches: the plan was not executed (EXPLAIN without ANALYZE)"));
  }

  @ParameterizedTest
  @CsvSource({
    // rows, fetches, ms of 100
    "10000, 10000, 40, true",
    "10000, 9999, 90, false",
    "20000, 10000, 80, true",
    "20001, 10000, 90, false",
    "10000, 10000, 39.9, false",
    "20000, 10000, 79.9, false",
    // dead rows are fetched too
    "10, 50000, 40, true"
  })
  void firesFromItsBoundsOn(long rows, long fetches, double ms, boolean fires) {
    Plan plan =
        RulePlans.read(
            """
            Index Only Scan using t_pkey on public.t  (cost=0.00..10.00 rows=1 width=4) (actual time=0.010..%.3f rows=%d loops=1)
              Index Cond: (t.id > 7)
              Heap Fetches: %d
            Execution Time: 100.000 ms
            """
                .formatted(ms, rows, fetches));
    assertThat(RulePlans.examine(RULE, plan) instanceof Verdict.Found).isEqualTo(fires);
  }

  private static Verdict examine(String name) {
    return RulePlans.examine(RULE, RulePlans.recorded("IndexOnlyScanFetchesHeap", name));
  }
}
