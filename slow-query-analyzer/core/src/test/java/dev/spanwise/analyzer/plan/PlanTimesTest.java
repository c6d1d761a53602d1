package dev.spanwise.analyzer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlanTimesTest {

  private static NodeTime time(Plan plan, String pointer) {
    PlanNode node = plan.nodes().filter(n -> n.pointer().equals(pointer)).findFirst().orElseThrow();
    return Objects.requireNonNull(PlanTimes.of(plan).of(node));
  }

  @Test
  void multipliesByLoopsBelowANestedLoop() throws PlanFormatException {
    Plan plan =
        PlanReader.read(
            """
            Nested Loop (actual time=0.1..50.0 rows=10 loops=1)
              ->  Seq Scan on a (actual time=0.1..5.0 rows=10 loops=1)
              ->  Index Scan using i on b (actual time=0.1..4.0 rows=1 loops=10)
            """);

    assertThat(time(plan, "/Plan")).isEqualTo(new NodeTime(50, 5));
    assertThat(time(plan, "/Plan/Plans/1")).isEqualTo(new NodeTime(40, 40));
  }

  @Test
  void aGathersOwnSubplanRunsInOneProcess() throws PlanFormatException {
    Plan plan =
        PlanReader.read(
            """
            Gather (cost=0.00..9.00 rows=300 width=4) (actual time=1.0..400.0 rows=300 loops=1)
              ->  Parallel Seq Scan on a (cost=0.00..4.00 rows=100 width=4) (actual time=0.1..20.0 rows=100 loops=3)
              SubPlan 1
                ->  Seq Scan on b (cost=0.00..4.00 rows=1 width=4) (actual time=0.1..1.0 rows=1 loops=300)
            """);
    PlanTimes times = PlanTimes.of(plan);
    PlanNode scan = plan.root().children().get(0);
    PlanNode subplan = plan.root().children().get(1);

    assertThat(times.processes(scan)).isEqualTo(3);
    assertThat(times.processes(subplan)).isEqualTo(1);
    assertThat(times.of(subplan)).extracting(NodeTime::inclusiveMs).isEqualTo(300.0);
  }

  @Test
  void dividesByTheProcessesBelowAGather() throws PlanFormatException {
    Plan plan =
        PlanReader.read(
            """
            Gather (actual time=1.0..40.0 rows=300 loops=1)
              Workers Planned: 2
              Workers Launched: 2
              ->  Nested Loop (actual time=0.1..36.0 rows=100 loops=3)
                    ->  Parallel Seq Scan on a (actual time=0.1..6.0 rows=100 loops=3)
                    ->  Index Scan using i on b (actual time=0.1..0.2 rows=1 loops=300)
            """);

    assertThat(time(plan, "/Plan")).isEqualTo(new NodeTime(40, 4));
    assertThat(time(plan, "/Plan/Plans/0").inclusiveMs()).isEqualTo(36);
    assertThat(time(plan, "/Plan/Plans/0").exclusiveMs()).isCloseTo(10, within(1e-9));
    assertThat(time(plan, "/Plan/Plans/0/Plans/1").inclusiveMs()).isCloseTo(20, within(1e-9));
  }

  @Test
  void countsACommonTableExpressionInTheScansThatRunIt() throws PlanFormatException {
    Plan plan =
        PlanReader.read(
            """
            Hash Join (actual time=1.0..100.0 rows=1 loops=1)
              CTE recent
                ->  Seq Scan on a (actual time=0.1..60.0 rows=10 loops=1)
              ->  CTE Scan on recent r (actual time=0.1..80.0 rows=10 loops=1)
              ->  Hash (actual time=10.0..10.0 rows=10 loops=1)
                    ->  Seq Scan on b (actual time=0.1..9.0 rows=10 loops=1)
            """);

    assertThat(time(plan, "/Plan").exclusiveMs()).isEqualTo(10);
    assertThat(time(plan, "/Plan/Plans/1")).isEqualTo(new NodeTime(80, 20));
  }

  @Test
  void countsAnInitPlanInTheNodeThatNamesIt() throws PlanFormatException {
    for (String[] names :
        new String[][] {{"InitPlan 1 (returns $0)", "$0"}, {"InitPlan 1", "(InitPlan 1).col1"}}) {
      Plan plan =
          PlanReader.read(
              """
              Aggregate (actual time=1.0..100.0 rows=1 loops=1)
                %s
                  ->  Result (actual time=0.1..70.0 rows=1 loops=1)
                ->  Seq Scan on a (actual time=70.1..90.0 rows=10 loops=1)
                      Filter: (x > %s)
              """
                  .formatted(names[0], names[1]));

      assertThat(time(plan, "/Plan").exclusiveMs()).isEqualTo(10);
      assertThat(time(plan, "/Plan/Plans/1")).isEqualTo(new NodeTime(90, 20));
    }
  }

  @Test
  void countsANodeThatNeverRanAsNoTime() throws PlanFormatException {
    Plan plan =
        PlanReader.read(
            """
            Nested Loop (actual time=1.0..2.0 rows=0 loops=1)
              ->  Seq Scan on a (actual time=0.5..0.5 rows=0 loops=1)
              ->  Seq Scan on b (never executed)
            """);

    assertThat(time(plan, "/Plan/Plans/1")).isEqualTo(new NodeTime(0, 0));
  }

  @Test
  void knowsNoTimeWithTimingOff() {
    Plan plan = RecordedPlans.plan(18, "timing-off");

    assertThat(PlanTimes.of(plan).of(plan.root())).isNull();
  }

  @ParameterizedTest(name = "PostgreSQL {0}: {1}")
  @MethodSource("dev.spanwise.analyzer.plan.RecordedPlans#all")
  void sharesTheTimeOfTheRootOutAmongItsNodes(int major, String name) {
    for (Plan plan : RecordedPlans.read(RecordedPlans.json(major, name))) {
      PlanTimes times = PlanTimes.of(plan);
      NodeTime root = times.of(plan.root());
      if (root != null) {
        double sum = 0;
        for (PlanNode node : plan.nodes().toList()) {
          NodeTime time = Objects.requireNonNull(times.of(node));
          assertThat(time.exclusiveMs()).isBetween(0.0, time.inclusiveMs());
          sum += time.exclusiveMs();
        }
        // Averages are rounded to a microsecond for each loop, and workers start before their
        // nodes.
        assertThat(sum).isBetween(root.inclusiveMs() * 0.8, root.inclusiveMs() * 1.25 + 1);
      }
    }
  }
}
