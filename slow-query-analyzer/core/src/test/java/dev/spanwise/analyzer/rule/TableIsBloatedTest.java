package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.catalogue.Activity;
import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableIsBloatedTest {

  private static final PlanRule RULE = new TableIsBloated();

  /** The size of the recorded table: it kept it through all. */
  private static final long BYTES = 33_334L * 8_192;

  @Test
  void firesForPagesThatVacuumLeftEmpty() {
    Cause cause = RulePlans.onlyCause(examine("fires", jobs(400, 0)));
    assertThat(cause.relation()).isEqualTo(new RelationName("public", "jobs"));
    assertThat(cause.title()).matches("public.jobs takes .* times the space of its rows");
    assertThat(cause.explanation()).contains("VACUUM FULL locks out", "pg_repack");
    assertThat(RulePlans.step(cause))
        .extracting(Remedy.Step::kind, Remedy.Step::statement)
        .containsExactly(Remedy.Kind.VACUUM, "VACUUM (FULL, ANALYZE) public.jobs");
  }

  @Test
  void firesForDeadRowsThatVacuumHasNotRemoved() {
    Cause cause = RulePlans.onlyCause(examine("fires-dead", jobs(400, 399_600)));
    assertThat(cause.explanation()).contains("backend_xmin", "VACUUM alone");
    assertThat(RulePlans.step(cause).statement()).isEqualTo("VACUUM (FULL, ANALYZE) public.jobs");
  }

  @Test
  void firesForAnIndexThatLeadsToDeadRows() {
    Cause cause = RulePlans.onlyCause(examine("fires-index", jobs(400, 399_600)));
    assertThat(cause.title()).isEqualTo("An index on public.jobs leads to dead rows");
    assertThat(RulePlans.step(cause).statement()).isEqualTo("VACUUM (ANALYZE) public.jobs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "(jobs.tenant = 7);true",
        "((jobs.tenant = 7) AND (jobs.created > '2026-01-01'::date));true",
        "((jobs.created = '2026-01-01'::date) AND ((jobs.tenant)::text = '7'::text));true",
        "((jobs.tenant IS NULL) AND (jobs.created = '2026-01-01'::date));true",
        "(jobs.tenant > 7);true",
        // passes the entries of every tenant
        "(jobs.created = '2026-01-01'::date);false",
        "((jobs.tenant > 7) AND (jobs.created = '2026-01-01'::date));false",
        // goes down the index for each value
        "(jobs.tenant = ANY ('{1,2,3}'::integer[]));false",
        "(ROW(jobs.tenant, jobs.created) > ROW(7, '2026-01-01'::date));false"
      })
  void anIndexLeadsToDeadRowsOnlyWhereItIsReadInOneStretch(String condition, boolean fires) {
    assertThat(
            RulePlans.examine(
                RULE, indexScan("jobs_tenant_created_idx", condition), jobs(400, 399_600)))
        .isInstanceOf(fires ? Verdict.Found.class : Verdict.Clear.class);
  }

  @ParameterizedTest
  @CsvSource({"94500, 10500, true", "94501, 10500, false", "0, 9999, false"})
  void aSmallPartOfDeadRowsIsNotTakenForWhatAnIndexLeadsTo(long live, long dead, boolean fires) {
    assertThat(RulePlans.examine(RULE, indexScan("jobs_pkey", "(jobs.id < 9)"), jobs(live, dead)))
        .isInstanceOf(fires ? Verdict.Found.class : Verdict.Clear.class);
  }

  private static Plan indexScan(String index, String condition) {
    return RulePlans.read(
        """
        Index Scan using %s on public.jobs  (cost=0.00..10.00 rows=8 width=4) (actual time=0.000..90.000 rows=8 loops=1)
          Index Cond: %s
          Buffers: shared hit=12000
        Execution Time: 100.000 ms
        """
            .formatted(index, condition));
  }

  @Test
  void isClearForAFullTable() {
    assertThat(examine("clear", jobs(400_000, 0))).isEqualTo(new Verdict.Clear());
  }

  @Test
  void isInconclusiveForManyPagesAndFewRowsWithoutADatabase() {
    Plan plan = RulePlans.recorded("TableIsBloated", "fires");
    assertThat(RulePlans.missing(RulePlans.examine(RULE, plan)))
        .startsWith("dead rows and size of public.jobs");
  }

  @Test
  void isClearForPagesFullOfRowsWithoutADatabase() {
    Plan plan = RulePlans.recorded("TableIsBloated", "clear");
    assertThat(RulePlans.examine(RULE, plan)).isEqualTo(new Verdict.Clear());
  }

  @Test
  void aTableThatWasNotAnalysedIsNotJudgedByItsSize() {
    Catalogue unanalysed =
        Tables.catalogue(
            Tables.table(
                "jobs",
                400,
                BYTES,
                Tables.fresh(400),
                List.of(Tables.unanalysed("payload")),
                List.of()));
    assertThat(examine("fires", unanalysed)).isEqualTo(new Verdict.Clear());
  }

  @ParameterizedTest
  @CsvSource({
    // rows of 640 bytes each in 100 MB
    "40960, true",
    "40961, false"
  })
  void aTableIsBloatedFromFourTimesItsRowsOn(long rows, boolean fires) {
    Plan plan =
        RulePlans.read(
            """
            Seq Scan on public.jobs  (cost=0.00..10.00 rows=10 width=4) (actual time=0.000..90.000 rows=%d loops=1)
              Buffers: shared hit=12800
            Execution Time: 100.000 ms
            """
                .formatted(rows));
    Catalogue catalogue = jobs(rows, 0, 12_800L * 8_192);
    assertThat(RulePlans.examine(RULE, plan, catalogue))
        .isInstanceOf(fires ? Verdict.Found.class : Verdict.Clear.class);
  }

  @Test
  void aScanThatStopsEarlyTellsNothingOfTheTable() {
    Plan plan =
        RulePlans.read(
            """
            Seq Scan on public.jobs  (cost=0.00..10.00 rows=10 width=4) (actual time=0.000..90.000 rows=10 loops=1)
              Buffers: shared hit=100
            Execution Time: 100.000 ms
            """);
    assertThat(RulePlans.examine(RULE, plan, jobs(400, 0))).isEqualTo(new Verdict.Clear());
  }

  private static Verdict examine(String recorded, Catalogue catalogue) {
    return RulePlans.examine(RULE, RulePlans.recorded("TableIsBloated", recorded), catalogue);
  }

  private static Catalogue jobs(long live, long dead) {
    return jobs(live, dead, BYTES);
  }

  private static Catalogue jobs(long live, long dead, long bytes) {
    return Tables.catalogue(
        Tables.table(
            "jobs",
            (double) live,
            bytes,
            new Activity(live, dead, 0, 0, Tables.ANALYSED, null),
            List.of(Tables.column("payload", 1, 600)),
            List.of(
                Tables.index("jobs_pkey", "id"),
                Tables.index("jobs_tenant_created_idx", "tenant", "created"))));
  }
}
