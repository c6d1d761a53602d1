package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.plan.Plan;
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
  @CsvSource({
    // partitions, planning time, execution time
    "8, 5, 5, true",
    "8, 5, 5.1, false",
    "8, 4.9, 1, false",
    "7, 99, 1, false",
    "7, 100, 1, true"
  })
  void planningHasToTakeAsLongAsExecutionAndCount(
      int partitions, double planningMs, double executionMs, boolean fires) {
    String partition =
        "  ->  Seq Scan on public.a  (cost=0.00..10.00 rows=10 width=4) (actual time=0.000..0.100 rows=10 loops=1)\n";
    Plan plan =
        RulePlans.read(
            """
            Append  (cost=0.00..10.00 rows=10 width=4) (actual time=0.000..1.000 rows=10 loops=1)
            %sPlanning Time: %s ms
            Execution Time: %s ms
            """
                .formatted(partition.repeat(partitions), planningMs, executionMs));
    assertThat(RulePlans.examine(RULE, plan))
        .isInstanceOf(fires ? Verdict.Found.class : Verdict.Clear.class);
  }

  private static Verdict examine(String recorded) {
    return RulePlans.examine(RULE, RulePlans.recorded("PlanningDominates", recorded));
  }
}
