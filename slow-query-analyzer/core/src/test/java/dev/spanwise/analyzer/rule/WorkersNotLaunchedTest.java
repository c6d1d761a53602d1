package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanwise.analyzer.plan.Plan;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersNotLaunchedTest {

  private static final PlanRule RULE = new WorkersNotLaunched();

  @ParameterizedTest
  @ValueSource(strings = {"fires", "fires.text"})
  void firesWhereNoWorkerWasLaunched(String recorded) {
    Cause cause = RulePlans.onlyCause(examine(recorded));
    assertThat(cause.title()).isEqualTo("None of 2 parallel workers were launched");
    assertThat(cause.explanation()).contains("fetch size");
    // Two workers and what the leader has left do 2.4 times the work of the leader alone.
    assertThat(cause.timeShare()).isCloseTo(1 - 1 / 2.4, within(0.01));
  }

  @Test
  void firesWhereSomeWereNotLaunched() {
    Cause cause = RulePlans.onlyCause(examine("fires-some"));
    assertThat(cause.title()).isEqualTo("1 of 2 parallel workers were launched");
    assertThat(cause.timeShare()).isCloseTo(1 - 1.7 / 2.4, within(0.01));
  }

  @Test
  void isClearWhereAllWereLaunched() {
    assertThat(examine("clear")).isEqualTo(new Verdict.Clear());
  }

  @Test
  void isInconclusiveWithoutExecution() {
    assertThat(RulePlans.missing(examine("inconclusive"))).startsWith("parallel workers launched");
  }

  @ParameterizedTest
  @CsvSource({
    // planned, launched, time below the Gather
    "2, 0, 35, true",
    "2, 0, 34, false",
    "8, 7, 100, false",
    "8, 6, 100, true"
  })
  void theMissingWorkersHaveToCostAFifth(
      int planned, int launched, double gatherMs, boolean fires) {
    assertThat(RulePlans.examine(RULE, plan(planned, launched, gatherMs)))
        .isInstanceOf(fires ? Verdict.Found.class : Verdict.Clear.class);
  }

  @ParameterizedTest
  @CsvSource({"1, set-parameter", "2, investigate"})
  void aLimitThatWasSetBelowTheWorkersIsReset(String limit, String kind) {
    Plan plan = plan(2, 0, 90);
    Plan limited =
        new Plan(
            plan.root(),
            plan.queryText(),
            plan.parameters(),
            plan.queryId(),
            plan.planningMs(),
            plan.executionMs(),
            plan.jitMs(),
            Map.of("max_parallel_workers", limit),
            plan.triggers(),
            plan.details());
    Cause cause = RulePlans.onlyCause(RulePlans.examine(RULE, limited));
    assertThat(RulePlans.step(cause).kind().id()).isEqualTo(kind);
  }

  private static Plan plan(int planned, int launched, double gatherMs) {
    return RulePlans.read(
        """
        Gather  (cost=0.00..20.00 rows=10 width=4) (actual time=0.000..%s rows=10 loops=1)
          Workers Planned: %d
          Workers Launched: %d
          ->  Parallel Seq Scan on public.a  (cost=0.00..10.00 rows=10 width=4) (actual time=0.000..1.000 rows=10 loops=1)
        Execution Time: 100.000 ms
        """
            .formatted(gatherMs, planned, launched));
  }

  private static Verdict examine(String recorded) {
    return RulePlans.examine(RULE, RulePlans.recorded("WorkersNotLaunched", recorded));
  }
}
