package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.Plan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadFromDiskTest {

  private static final PlanRule RULE = new ReadFromDisk();

  @ParameterizedTest
  @ValueSource(strings = {"fires", "fires.text", "fires-18", "fires-18.text"})
  void firesWhereTheTimeIsInReads(String recorded) {
    Cause cause = RulePlans.onlyCause(examine(recorded));
    assertThat(cause.relation()).isEqualTo(new RelationName("public", "fills"));
    assertThat(cause.explains()).containsExactly("/Plan/Plans/0");
    assertThat(RulePlans.step(cause).kind()).isEqualTo(Remedy.Kind.INVESTIGATE);
  }

  @Test
  void saysHowLongABlockTook() {
    // 34.88 ms for 180 blocks.
    assertThat(RulePlans.onlyCause(examine("fires")).explanation())
        .startsWith("180 blocks were not in shared buffers")
        .contains("each took 194 µs to come.");
  }

  @Test
  void processesReadSideBySideAndABlockTakesNoLessForThat() {
    Plan plan =
        RulePlans.read(
            """
            Gather  (cost=0.00..10.00 rows=10 width=4) (actual time=0.000..95.000 rows=30 loops=1)
              Workers Planned: 2
              Workers Launched: 2
              Buffers: shared read=600
              I/O Timings: shared read=240.000
              ->  Parallel Seq Scan on public.a  (cost=0.00..10.00 rows=10 width=4) (actual time=0.000..90.000 rows=10 loops=3)
                    Buffers: shared read=600
                    I/O Timings: shared read=240.000
            Execution Time: 100.000 ms
            """);
    Cause cause = RulePlans.onlyCause(RulePlans.examine(RULE, plan));
    assertThat(cause.explanation()).contains("each took 400 µs to come.");
    assertThat(RulePlans.evidence(cause.evidence(), "time of reads")).isEqualTo(80.0);
  }

  @Test
  void isClearWhereAllIsInSharedBuffers() {
    assertThat(examine("clear")).isEqualTo(new Verdict.Clear());
  }

  @Test
  void isInconclusiveWhereReadsWereNotTimed() {
    assertThat(RulePlans.missing(examine("inconclusive"))).endsWith("track_io_timing is off");
  }

  @ParameterizedTest
  @CsvSource({"10, true", "9, false"})
  void aFewSlowBlocksAreNoDisksPaceButAMomentsStall(long blocks, boolean fires) {
    Verdict verdict = RulePlans.examine(RULE, plan(60, 90, blocks));
    if (fires) {
      assertThat(verdict).isInstanceOf(Verdict.Found.class);
    } else {
      assertThat(RulePlans.missing(verdict))
          .startsWith("whether so few blocks take long each time: 9 took ");
    }
  }

  @Test
  void ofATableTheCatalogueTellsTheSize() {
    Plan plan = RulePlans.recorded("ReadFromDisk", "fires");
    Cause cause =
        RulePlans.onlyCause(
            RulePlans.examine(
                RULE, plan, Tables.catalogue(Tables.table("fills", 300_000, 22_970_368))));
    assertThat(cause.explanation()).endsWith("The table has 22 MB in all.");
  }

  @ParameterizedTest
  @CsvSource({
    // time of reads, the scan's own time, blocks read
    "22, 66, 1000, true",
    "22, 67, 1000, false",
    "21.9, 30, 1000, false",
    "22, 30, 1001, false"
  })
  void readsHaveToTakeMuchOfTheTimeBeyondWhatACacheTakesAndMuchOfTheScan(
      double readMs, double ownMs, long blocks, boolean fires) {
    assertThat(RulePlans.examine(RULE, plan(readMs, ownMs, blocks)))
        .isInstanceOf(fires ? Verdict.Found.class : Verdict.Clear.class);
  }

  @ParameterizedTest
  @CsvSource({"200, true", "199, false"})
  void withoutTimesOnlyManyBlocksMakeItUnclear(long blocks, boolean inconclusive) {
    Plan plan =
        RulePlans.read(
            """
            Seq Scan on public.a  (cost=0.00..10.00 rows=10 width=4) (actual time=0.000..90.000 rows=10 loops=1)
              Buffers: shared read=%d
            Execution Time: 100.000 ms
            """
                .formatted(blocks));
    assertThat(RulePlans.examine(RULE, plan))
        .isInstanceOf(inconclusive ? Verdict.Inconclusive.class : Verdict.Clear.class);
  }

  private static Plan plan(double readMs, double ownMs, long blocks) {
    return RulePlans.read(
        """
        Seq Scan on public.a  (cost=0.00..10.00 rows=10 width=4) (actual time=0.000..%s rows=10 loops=1)
          Buffers: shared read=%d
          I/O Timings: shared read=%s
        Execution Time: 100.000 ms
        """
            .formatted(ownMs, blocks, readMs));
  }

  private static Verdict examine(String recorded) {
    return RulePlans.examine(RULE, RulePlans.recorded("ReadFromDisk", recorded));
  }
}
