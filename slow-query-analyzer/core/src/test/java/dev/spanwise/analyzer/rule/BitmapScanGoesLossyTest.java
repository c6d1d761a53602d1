package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.Plan;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BitmapScanGoesLossyTest {

  private static final PlanRule RULE = new BitmapScanGoesLossy();

  @ParameterizedTest
  @CsvSource({"fires", "fires-18", "fires-parallel-18"})
  void firesWhereMostPagesAreKeptWhole(String name) {
    Cause cause = RulePlans.onlyCause(examine(name));
    assertThat(cause.relation()).isEqualTo(new RelationName("public", "readings"));
    assertThat(cause.explanation()).contains("only the page for 1,553 of 2,062 pages");
    assertThat(RulePlans.evidence(cause.evidence(), "exact pages")).isEqualTo(509.0);
    assertThat(((Remedy.Step) cause.remedy()).kind()).isEqualTo(Remedy.Kind.SET_PARAMETER);
    assertThat(((Remedy.Step) cause.remedy()).statement())
        .startsWith("SET LOCAL work_mem = '8MB';");
  }

  @Test
  void blamesWhatTheRowsLookedAtForNothingTook() {
    Cause cause = RulePlans.onlyCause(examine("fires"));
    assertThat(cause.title())
        .isEqualTo(
            "The bitmap of public.readings does not fit into work_mem, and 142,903 rows are looked at for nothing");
    assertThat(cause.timeShare())
        .isCloseTo((22.206 - 0.459) / 26.923 * 142_903 / 153_103, within(1e-9));
  }

  @Test
  void takesTheLeadersPagesForThoseOfEachProcessWhereOnlyTheseAreCounted() {
    assertThat(RulePlans.onlyCause(examine("fires-parallel")).explanation())
        .contains("only the page for 943 of 1,223 pages");
  }

  @Test
  void isClearWhereTheBitmapFits() {
    assertThat(examine("clear")).isEqualTo(new Verdict.Clear());
  }

  @Test
  void isClearForARangeIndexWhichIsLossyByNature() {
    assertThat(examine("clear-brin")).isEqualTo(new Verdict.Clear());
  }

  @Test
  void isInconclusiveWithoutExecution() {
    assertThat(examine("inconclusive"))
        .isEqualTo(
            new Verdict.Inconclusive(
                "lossy heap blocks: the plan was not executed (EXPLAIN without ANALYZE)"));
  }

  @ParameterizedTest
  @CsvSource({
    // exact and lossy pages, rows kept, rows looked at for nothing, ms of 100
    "999, 1000, 0, 10000, 20, true",
    "1000, 1000, 0, 10000, 20, false",
    "999, 1000, 0, 9999, 20, false",
    "999, 1000, 0, 10000, 19.9, false",
    "999, 1000, 10000, 10000, 40, true",
    "999, 1000, 10000, 10000, 39.9, false"
  })
  void firesFromItsBoundsOn(
      long exact, long lossy, long kept, long rechecked, double ms, boolean fires) {
    assertThat(
            RulePlans.examine(RULE, plan(exact, lossy, kept, rechecked, ms, ""))
                instanceof Verdict.Found)
        .isEqualTo(fires);
  }

  @ParameterizedTest
  @CsvSource({
    // lossy pages, work_mem, what is advised
    "60000, 64kB, 8MB",
    "131071, 1MB, 8MB",
    "131072, 1MB, 16MB",
    "2000, 16MB, 32MB",
    "2000, , 8MB"
  })
  void advisesWhatTheBitmapNeedsAndMoreThanItHad(
      long lossy, @Nullable String workMemory, String advised) {
    String settings = workMemory == null ? "" : "Settings: work_mem = '" + workMemory + "'\n";
    Cause cause =
        RulePlans.onlyCause(RulePlans.examine(RULE, plan(1, lossy, 0, 100_000, 90, settings)));
    assertThat(((Remedy.Step) cause.remedy()).statement())
        .startsWith("SET LOCAL work_mem = '" + advised + "';");
  }

  @ParameterizedTest
  @CsvSource({
    // lossy pages, work_mem: what is advised is more than a gigabyte
    "16777216, 64MB",
    "2000, 1GB"
  })
  void moreThanAGigabyteIsNotForASettingToGive(long lossy, String workMemory) {
    String settings = "Settings: work_mem = '" + workMemory + "'\n";
    Cause cause =
        RulePlans.onlyCause(RulePlans.examine(RULE, plan(1, lossy, 0, 100_000, 90, settings)));
    assertThat(RulePlans.step(cause).kind()).isEqualTo(Remedy.Kind.REWRITE_QUERY);
    assertThat(RulePlans.step(cause).statement()).startsWith("Let the index find fewer pages");
  }

  private static Plan plan(
      long exact, long lossy, long kept, long rechecked, double ms, String settings) {
    return RulePlans.read(
        """
        Bitmap Heap Scan on public.t  (cost=0.00..10.00 rows=1 width=4) (actual time=0.010..%.3f rows=%d loops=1)
          Recheck Cond: (t.device > 7)
          Rows Removed by Index Recheck: %d
          Heap Blocks: exact=%d lossy=%d
          ->  Bitmap Index Scan on t_device  (cost=0.00..1.00 rows=1 width=0) (actual time=0.000..0.000 rows=1 loops=1)
        %sExecution Time: 100.000 ms
        """
            .formatted(ms, kept, rechecked, exact, lossy, settings));
  }

  private static Verdict examine(String name) {
    return RulePlans.examine(RULE, RulePlans.recorded("BitmapScanGoesLossy", name));
  }
}
