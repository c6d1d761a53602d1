package dev.spanwise.analyzer.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.execution.Logged;
import dev.spanwise.analyzer.plan.Conditions;
import dev.spanwise.analyzer.plan.Estimate;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanNode;
import dev.spanwise.analyzer.plan.Position;
import dev.spanwise.analyzer.plan.Target;
import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.trace.Spans;
import dev.spanwise.analyzer.workload.QueryKey;
import dev.spanwise.analyzer.workload.SlowSpan;
import dev.spanwise.instrumentation.fingerprint.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlanLinkerTest {

  private static final long MS = 1_000_000;
  private static final String SQL = "SELECT * FROM trades WHERE account_id = $1";
  private static final String OTHER = "SELECT count(*) FROM quotes";

  @Test
  void onePlanOfTheSameStatementInsideOneSpanIsExact() {
    Links links = link(spans(slow(1, 7, 1_000, 1_200)), plan(7, SQL, 1_199, 190));
    assertThat(links.count(Confidence.EXACT)).isEqualTo(1);
    assertThat(links.byMethod()).containsExactly(Map.entry(LinkMethod.BACKEND_PID, 1L));
    assertThat(links.links().get(0).plan()).isNotNull();
  }

  @Test
  void anotherBackendsPlanIsNotLinked() {
    Links links = link(spans(slow(1, 7, 1_000, 1_200)), plan(8, SQL, 1_199, 190));
    assertThat(links.links()).isEmpty();
    assertThat(links.unlinked()).isEqualTo(1);
    assertThat(links.plans()).isEqualTo(1);
  }

  @Test
  void thePlanOfTheStatementBeforeIsNotLinked() {
    Links links = link(spans(slow(1, 7, 1_000, 1_200)), plan(7, SQL, 1_000, 150));
    assertThat(links.links()).isEmpty();
  }

  @Test
  void aPlanLongerThanTheSpanIsNotLinked() {
    Links links = link(spans(slow(1, 7, 1_000, 1_200)), plan(7, SQL, 1_200, 260));
    assertThat(links.links()).isEmpty();
  }

  @Test
  void twoRunsOfTheStatementInsideOneSpanAreAmbiguousAndNoneIsChosen() {
    Links links =
        link(spans(slow(1, 7, 1_000, 1_200)), plan(7, SQL, 1_080, 70), plan(7, SQL, 1_190, 80));
    assertThat(links.count(Confidence.AMBIGUOUS)).isEqualTo(1);
    assertThat(links.links().get(0).plan()).isNull();
    assertThat(links.byMethod()).isEmpty();
  }

  @Test
  void onePlanThatTwoSpansCouldHaveIsAmbiguousForBoth() {
    Links links =
        link(spans(slow(1, 7, 1_000, 1_200), slow(2, 7, 1_000, 1_201)), plan(7, SQL, 1_199, 190));
    assertThat(links.count(Confidence.AMBIGUOUS)).isEqualTo(2);
  }

  @Test
  void theStatementItselfIsPreferredToOnesThatItRan() {
    Links links =
        link(
            spans(slow(1, 7, 1_000, 1_200)),
            plan(7, OTHER, 1_150, 120),
            plan(7, SQL, 1_199, 190),
            plan(7, OTHER, 1_199, 110));
    assertThat(links.count(Confidence.EXACT)).isEqualTo(1);
    assertThat(links.links().get(0).plan())
        .satisfies(plan -> assertThat(plan.statement()).isEqualTo(Statement.of(SQL)));
  }

  @Test
  void aLonePlanOfAnotherStatementThatFillsTheSpanIsProbable() {
    Links links = link(spans(slow(1, 7, 1_000, 1_200)), plan(7, OTHER, 1_195, 180));
    assertThat(links.count(Confidence.PROBABLE)).isEqualTo(1);
  }

  @Test
  void aShortPlanOfAnotherStatementIsNotLinked() {
    Links links = link(spans(slow(1, 7, 1_000, 1_200)), plan(7, OTHER, 1_195, 20));
    assertThat(links.links()).isEmpty();
  }

  @Test
  void aLogOfWholeSecondsIsProbableAtBest() {
    ExecutedPlan coarse = plan(7, SQL, 1_000, 190, 1_000 * MS);
    Links links = link(spans(slow(1, 7, 1_100, 1_300)), coarse);
    assertThat(links.count(Confidence.PROBABLE)).isEqualTo(1);
    assertThat(links.count(Confidence.EXACT)).isZero();
  }

  @Test
  void aSpanWithoutPidIsNotLinked() {
    Links links = link(spans(slow(1, null, 1_000, 1_200)), plan(7, SQL, 1_199, 190));
    assertThat(links.unlinked()).isEqualTo(1);
  }

  @Test
  void everyStatementOfABusyBackendFindsItsOwnPlan() {
    int statements = 2_000;
    SlowSpan[] spans = new SlowSpan[statements];
    ExecutedPlan[] plans = new ExecutedPlan[statements];
    for (int i = 0; i < statements; i++) {
      long start = 10_000 + i * 130L;
      spans[i] = slow(i + 1, 7, start, start + 125);
      plans[i] = plan(7, SQL, start + 124, 120);
    }
    Links links = link(spans(spans), plans);
    assertThat(links.count(Confidence.EXACT)).isEqualTo(statements);
  }

  @Test
  void oneExecutionLoggedTwiceIsOne() {
    Links links =
        link(spans(slow(1, 7, 1_000, 1_200)), plan(7, SQL, 1_199, 190), plan(7, SQL, 1_199, 190));
    assertThat(links.count(Confidence.EXACT)).isEqualTo(1);
  }

  @Test
  void thePlansOfTheSlowestSpansAreHeldThoughTheyComeLast() {
    SlowSpan[] spans = new SlowSpan[20];
    ExecutedPlan[] plans = new ExecutedPlan[20];
    for (int i = 0; i < 20; i++) {
      spans[i] = slow(i + 1, 7, i * 1_000L, i * 1_000L + 200 + i);
      plans[i] = plan(7, SQL, i * 1_000L + 199 + i, 190 + i);
    }
    assertThat(link(spans(spans), plans).links().stream().filter(link -> link.plan() != null))
        .extracting(link -> link.span().span().spanId())
        .containsExactlyInAnyOrder(16L, 17L, 18L, 19L, 20L);
  }

  @Test
  void holdsThePlansOfAFewSpansOfAQueryOnly() {
    SlowSpan[] spans = new SlowSpan[20];
    ExecutedPlan[] plans = new ExecutedPlan[20];
    for (int i = 0; i < 20; i++) {
      spans[i] = slow(i + 1, 7, i * 1_000L, i * 1_000L + 200);
      plans[i] = plan(7, SQL, i * 1_000L + 199, 190);
    }
    Links links = link(spans(spans), plans);
    assertThat(links.count(Confidence.EXACT)).isEqualTo(20);
    assertThat(links.links().stream().filter(link -> link.plan() != null))
        .hasSize(PlanLinker.PLANS_OF_A_QUERY);
  }

  private static Links link(List<SlowSpan> spans, ExecutedPlan... plans) {
    PlanLinker linker = new PlanLinker(spans);
    Arrays.stream(plans).forEach(linker::offer);
    return linker.links();
  }

  private static List<SlowSpan> spans(SlowSpan... spans) {
    return List.of(spans);
  }

  private static SlowSpan slow(long id, @Nullable Integer pid, long startMs, long endMs) {
    Span span = Spans.call(Spans.trace(id), id, 0, SQL, pid, startMs, endMs);
    return new SlowSpan(new QueryKey(Statement.of(SQL).fingerprint(), "api", null, null), span);
  }

  private static ExecutedPlan plan(int pid, String sql, long loggedMs, long durationMs) {
    return plan(pid, sql, loggedMs, durationMs, MS);
  }

  private static ExecutedPlan plan(
      int pid, String sql, long loggedMs, long durationMs, long precisionNanos) {
    return new ExecutedPlan(
        new Logged(
            "postgresql.log",
            "line 1",
            pid,
            loggedMs * MS,
            precisionNanos,
            null,
            Statement.of(sql),
            null),
        durationMs * MS,
        PLAN);
  }

  private static final Plan PLAN =
      new Plan(
          new PlanNode(
              "/Plan",
              NodeType.RESULT,
              "Result",
              Position.ROOT,
              Target.NONE,
              Conditions.NONE,
              List.of(),
              List.of(),
              new Estimate(0, 1, 1, 4),
              null,
              null,
              Map.of(),
              List.of()),
          null,
          null,
          null,
          null,
          null,
          null,
          Map.of(),
          List.of(),
          Map.of());
}
