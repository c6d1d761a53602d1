package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JitDominatesTest {

  private static final PlanRule RULE = new JitDominates();

  @ParameterizedTest
  @ValueSource(strings = {"fires", "fires.text"})
  void firesWhereCompilationTakesMuchOfTheTime(String recorded) {
    Cause cause = RulePlans.onlyCause(examine(recorded));
    assertThat(cause.title()).matches("Just-in-time compilation takes .* % of the execution time");
    assertThat(cause.explains()).containsExactly(Cause.COMPILATION);
    assertThat(RulePlans.step(cause).statement())
        .matches("(?s)SET LOCAL jit_above_cost = \\d0*; .*");
    Object cost = RulePlans.evidence(cause.evidence(), "planner's cost");
    assertThat(Double.parseDouble(RulePlans.step(cause).statement().replaceAll("(?s).* = |;$", "")))
        .isGreaterThanOrEqualTo(2 * (double) cost);
  }

  @Test
  void isClearWhereCompilationIsASmallPart() {
    assertThat(examine("clear")).isEqualTo(new Verdict.Clear());
  }

  @Test
  void isClearWhereNothingWasCompiled() {
    assertThat(RulePlans.examine(RULE, RulePlans.recorded("SortSpillsToDisk", "inconclusive")))
        .isEqualTo(new Verdict.Clear());
  }

  @Test
  void isInconclusiveWhereTheCompilationWasNotTimed() {
    assertThat(RulePlans.missing(examine("inconclusive")))
        .startsWith("time of just-in-time compilation");
  }

  @ParameterizedTest
  @CsvSource({
    // compilation, execution time, workers launched
    "34, 100, 0, true",
    "33, 100, 0, false",
    "5, 10, 0, true",
    "4.9, 10, 0, false",
    "90, 100, 1, true",
    "66, 100, 1, false"
  })
  void compilationHasToTakeAThirdOfTheTimeOfItsProcess(
      double compilationMs, double executionMs, int workers, boolean fires) {
    assertThat(
            RulePlans.examine(
                RULE,
                RulePlans.read(
                    """
                    Gather  (cost=0.00..120000.00 rows=10 width=4) (actual time=0.000..%2$s rows=10 loops=1)
                      Workers Planned: %3$d
                      Workers Launched: %3$d
                      ->  Seq Scan on public.a  (cost=0.00..10.00 rows=10 width=4) (actual time=0.000..1.000 rows=10 loops=1)
                    JIT:
                      Functions: 4
                      Options: Inlining false, Optimization false, Expressions true, Deforming true
                      Timing: Generation 1.000 ms, Inlining 0.000 ms, Optimization 1.000 ms, Emission 1.000 ms, Total %1$s ms
                    Execution Time: %2$s ms
                    """
                        .formatted(compilationMs, executionMs, workers))))
        .isInstanceOf(fires ? Verdict.Found.class : Verdict.Clear.class);
  }

  @Test
  void aBoundThatWasLoweredGoesBackToTheServersOwn() {
    Cause cause =
        RulePlans.onlyCause(
            RulePlans.examine(
                RULE,
                RulePlans.read(
                    """
                    Seq Scan on public.a  (cost=0.00..16.00 rows=10 width=4) (actual time=0.000..90.000 rows=10 loops=1)
                    JIT:
                      Functions: 3
                      Timing: Generation 1.000 ms, Inlining 0.000 ms, Optimization 1.000 ms, Emission 78.000 ms, Total 80.000 ms
                    Execution Time: 100.000 ms
                    """)));

    assertThat(RulePlans.step(cause).statement()).startsWith("SET LOCAL jit_above_cost = 100000;");
  }

  @Test
  void theCostOfAForbiddenNodeIsNoBoundToSet() {
    Cause cause =
        RulePlans.onlyCause(
            RulePlans.examine(
                RULE,
                RulePlans.read(
                    """
                    Seq Scan on public.a  (cost=10000000000.00..10000000010.00 rows=10 width=4) (actual time=0.000..90.000 rows=10 loops=1)
                    JIT:
                      Functions: 4
                      Timing: Generation 1.000 ms, Inlining 0.000 ms, Optimization 1.000 ms, Emission 1.000 ms, Total 80.000 ms
                    Execution Time: 100.000 ms
                    """)));
    assertThat(RulePlans.step(cause).statement()).startsWith("SET LOCAL jit = off;");
  }

  private static Verdict examine(String recorded) {
    return RulePlans.examine(RULE, RulePlans.recorded("JitDominates", recorded));
  }
}
