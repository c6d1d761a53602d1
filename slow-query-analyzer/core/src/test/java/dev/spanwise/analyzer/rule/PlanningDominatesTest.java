package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.execution.LockWait;
import dev.spanwise.analyzer.execution.Logged;
import dev.spanwise.analyzer.execution.ServerEvent;
import dev.spanwise.analyzer.execution.StatementDuration;
import dev.spanwise.analyzer.execution.StatementDuration.Step;
import dev.spanwise.analyzer.link.Confidence;
import dev.spanwise.analyzer.link.Link;
import dev.spanwise.analyzer.link.LinkMethod;
import dev.spanwise.analyzer.link.PlanLinker;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.trace.Spans;
import dev.spanwise.analyzer.workload.Query;
import dev.spanwise.analyzer.workload.Workload;
import dev.spanwise.analyzer.workload.WorkloadBuilder;
import dev.spanwise.instrumentation.fingerprint.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanningDominatesTest {

  private static final PlanningDominates RULE = new PlanningDominates();
  private static final long MS = 1_000_000;

  /** Plans that are held of a query. */
  private static final int HELD = 5;

  private static final Logged LOGGED =
      new Logged("postgresql.log", "line 7", 7, 0, MS, null, null, null);

  @Test
  void firesWhereTheOrderOfManyJoinsIsSearched() {
    Cause cause = RulePlans.onlyCause(examine("fires"));
    assertThat(cause.title()).matches("Planning takes .* ms, executing .* ms");
    assertThat(cause.timeShare()).isGreaterThan(1);
    assertThat(RulePlans.evidence(cause.evidence(), "tables joined")).isEqualTo(10.0);
    assertThat(RulePlans.step(cause).statement()).startsWith("SET LOCAL join_collapse_limit = 8;");
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

  @ParameterizedTest
  @CsvSource({
    // bind and execution of a call of 120 ms and of one of 20 ms, in ms
    "24, 24, 20, 20, true",
    "24, 24, 19.9, 1, false",
    "24, 24.1, 20, 20, false",
    "23.9, 1, 20, 20, false"
  })
  void theServersLogTellsOfCalls(
      double bindMs, double executedMs, double otherBindMs, double otherMs, boolean fires) {
    QueryVerdict verdict = examine(call(bindMs, executedMs), call(otherBindMs, otherMs));
    assertThat(verdict).isInstanceOf(fires ? QueryVerdict.Found.class : QueryVerdict.Clear.class);
  }

  @ParameterizedTest
  @CsvSource({"99.9, false", "100, true"})
  void oneCallMayBeTheFirstOfItsConnection(double bindMs, boolean fires) {
    assertThat(examine(call(bindMs, 1)))
        .isInstanceOf(fires ? QueryVerdict.Found.class : QueryVerdict.Clear.class);
  }

  @Test
  void callsWhosePlanningWasTooShortToBeLoggedCount() {
    List<ServerEvent> planned = List.of(step(Step.BIND, 110));
    List<ServerEvent> executed = List.of(step(Step.EXECUTE, 18));
    assertThat(examine(planned)).isInstanceOf(QueryVerdict.Found.class);
    assertThat(examine(planned, executed)).isEqualTo(new QueryVerdict.Clear());
    assertThat(examine(planned, List.of(), executed)).isEqualTo(new QueryVerdict.Clear());
  }

  @Test
  void anExecutionThatWasNotLoggedIsNotZero() {
    QueryVerdict verdict = examine(List.of(step(Step.BIND, 110)));
    assertThat(verdict).isInstanceOf(QueryVerdict.Found.class);
    QueryVerdict.Found found = (QueryVerdict.Found) verdict;
    assertThat(found.title()).isEqualTo("Planning takes 110 ms, executing less");
    assertThat(found.evidence())
        .extracting(Evidence::name, Evidence::source)
        .containsExactly(tuple("planning time", "log_min_duration_statement"));
  }

  @Test
  void whatIsSavedIsSpreadOverCallsWithoutALoggedStepToo() {
    QueryVerdict.Found two =
        (QueryVerdict.Found) examine(call(110, 1), call(20, 1), List.of(step(Step.EXECUTE, 1)));
    assertThat(two.savedMs()).isCloseTo(130, within(1e-6));
  }

  @Test
  void theLimitOfJoinsIsNotToBlameWherePartitionsArePlannedOrNothingIsJoined() {
    String scan =
        "  ->  Seq Scan on public.a  (cost=0.00..10.00 rows=10 width=4) (actual time=0.000..0.100 rows=10 loops=1)\n";
    String append =
        "Append  (cost=0.00..10.00 rows=10 width=4) (actual time=0.000..1.000 rows=10 loops=1)\n";
    String settings =
        "Settings: join_collapse_limit = '20'\nPlanning Time: 120.000 ms\nExecution Time: 1.000 ms\n";
    Remedy.Step ofPartitions =
        RulePlans.step(
            RulePlans.onlyCause(
                RulePlans.examine(RULE, RulePlans.read(append + scan.repeat(8) + settings))));
    assertThat(ofPartitions.kind()).isEqualTo(Remedy.Kind.REWRITE_QUERY);
    assertThat(ofPartitions.statement()).contains("partition key");
    Remedy.Step ofOneTable =
        RulePlans.step(
            RulePlans.onlyCause(RulePlans.examine(RULE, RulePlans.read(append + scan + settings))));
    assertThat(ofOneTable.kind()).isEqualTo(Remedy.Kind.REWRITE_QUERY);
    assertThat(ofOneTable.statement()).contains("keep connections open").doesNotContain("join");
  }

  @ParameterizedTest
  @ValueSource(ints = {HELD, 4 * HELD})
  void ofASimpleQueryPlansTellThatAreNotHeldAnyMore(int calls) {
    QueryVerdict.Found found = (QueryVerdict.Found) simpleCalls(calls, 0);
    assertThat(found.links()).hasSize(calls);
    assertThat(found.title()).isEqualTo("Planning takes 299 ms, executing 5.0 ms");
    assertThat(found.explanation()).startsWith("The planner looked at 39 partitions");
    assertThat(found.savedMs()).isCloseTo(299 * calls, within(1e-6));
  }

  @Test
  void aSimpleQueryWhosePlanWasNotLoggedTellsNothing() {
    QueryVerdict.Found found = (QueryVerdict.Found) simpleCalls(2, 4);
    assertThat(found.links()).hasSize(2);
    // What two calls show stands for all six.
    assertThat(found.savedMs()).isCloseTo(299 * 6, within(1e-6));
  }

  /** Calls of 310 ms, of which the executor took 5, with their plans or without. */
  private static QueryVerdict simpleCalls(int withPlan, int withoutPlan) {
    String sql = "SELECT * FROM visits WHERE taken = 1";
    Plan plan =
        RulePlans.read(
            "Append  (cost=0.00..10.00 rows=12 width=4) (actual time=0.010..4.000 rows=12 loops=1)\n"
                + "  ->  Seq Scan on visits_1  (cost=0.00..1.00 rows=1 width=4) (actual time=0.010..0.100 rows=1 loops=1)\n"
                    .repeat(39));
    WorkloadBuilder builder = new WorkloadBuilder(Duration.ofMillis(10));
    for (int i = 0; i < withPlan + withoutPlan; i++) {
      long start = i * 10_000L;
      builder.add(Spans.call(Spans.trace(i + 1), 2, 0, sql, 7, start, start + 310));
    }
    builder.groupAllTraces();
    Workload workload = builder.build();
    PlanLinker linker = new PlanLinker(workload);
    for (int i = 0; i < withPlan + withoutPlan; i++) {
      Logged logged =
          new Logged(
              "postgresql.log",
              "line " + i,
              7,
              (i * 10_000L + 305) * MS,
              MS,
              null,
              Statement.of(sql),
              null);
      if (i < withPlan) {
        linker.offer(new ExecutedPlan(logged, 5 * MS, plan));
      }
      linker.offer(new StatementDuration(logged, Step.SIMPLE, 304 * MS));
    }
    List<Link> links = linker.links().links();
    assertThat(links).hasSize(withPlan + withoutPlan);
    return RULE.examine(new QuerySubject(workload.queries().get(0), links, null, 10));
  }

  @Test
  void aWaitForALockIsNoPlanning() {
    LockWait wait =
        new LockWait(LOGGED, "AccessShareLock", "relation 7", 115 * MS, true, List.of());
    assertThat(examine(List.of(step(Step.BIND, 119), wait))).isEqualTo(new QueryVerdict.Clear());
  }

  private static List<ServerEvent> call(double bindMs, double executedMs) {
    return List.of(step(Step.BIND, bindMs), step(Step.EXECUTE, executedMs));
  }

  private static ServerEvent step(Step step, double ms) {
    return new StatementDuration(LOGGED, step, (long) (ms * MS));
  }

  @SafeVarargs
  private static QueryVerdict examine(List<ServerEvent>... calls) {
    WorkloadBuilder builder = new WorkloadBuilder(Duration.ofMillis(10));
    for (int i = 0; i < calls.length; i++) {
      builder.add(Spans.call(Spans.trace(i + 1), 2, 0, "SELECT 1", 7, 0, i == 0 ? 120 : 20));
    }
    builder.groupAllTraces();
    Query query = builder.build().queries().get(0);
    List<Link> links = new ArrayList<>();
    for (int i = 0; i < calls.length; i++) {
      links.add(
          new Link(
              query.slowest().get(i),
              LinkMethod.BACKEND_PID,
              Confidence.EXACT,
              null,
              null,
              null,
              0,
              0,
              calls[i],
              null));
    }
    return RULE.examine(new QuerySubject(query, links, null, 10));
  }

  private static Verdict examine(String recorded) {
    return RulePlans.examine(RULE, RulePlans.recorded("PlanningDominates", recorded));
  }
}
