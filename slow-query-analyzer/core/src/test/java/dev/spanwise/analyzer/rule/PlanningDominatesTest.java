package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanningDominatesTest {

  private static final PlanRule RULE = new PlanningDominates();

  @Test
  void firesWhereTheOrderOfManyJoinsIsSearched() {
    Cause cause = RulePlans.onlyCause(examine("fires"));
    assertThat(cause.title()).matches("Planning takes .* ms, executing .* ms");
    assertThat(cause.timeShare()).isGreaterThan(1);
    assertThat(RulePlans.evidence(cause.evidence(), "tables joined")).isEqualTo(10.0);
    assertThat(RulePlans.step(cause).statement())
        .isEqualTo("ALTER ROLE CURRENT_USER SET join_collapse_limit = 8");
  }

  @Test
  void firesWhereManyPartitionsArePlanned() {
    Cause cause = RulePlans.onlyCause(examine("fires-partitions"));
    assertThat(cause.explanation()).startsWith("The planner looked at 400 partitions");
    assertThat(RulePlans.step(cause).kind()).isEqualTo(Remedy.Kind.REWRITE_QUERY);
    assertThat(RulePlans.step(cause).statement()).contains("partition key");
  }

  @Test
  void isClearWhereExecutionTakesLonger() {
    assertThat(examine("clear")).isEqualTo(new Verdict.Clear());
  }

  @Test
  void isInconclusiveForLongPlanningOfWhatWasNotExecuted() {
    assertThat(RulePlans.missing(examine("inconclusive")))
        .startsWith("execution time beside a planning time of");
  }

  @ParameterizedTest
  @CsvSource({"5, 5, true", "5, 5.1, false", "4.9, 1, false"})
  void planningHasToTakeAsLongAsExecutionAndCount(
      double planningMs, double executionMs, boolean fires) {
    assertThat(
            RulePlans.examine(
                RULE,
                RulePlans.read(
                    """
                    Seq Scan on public.a  (cost=0.00..10.00 rows=10 width=4) (actual time=0.000..1.000 rows=10 loops=1)
                    Planning Time: %s ms
                    Execution Time: %s ms
                    """
                        .formatted(planningMs, executionMs))))
        .isInstanceOf(fires ? Verdict.Found.class : Verdict.Clear.class);
  }

  private static Verdict examine(String recorded) {
    return RulePlans.examine(RULE, RulePlans.recorded("PlanningDominates", recorded));
  }
}
