package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanwise.analyzer.catalogue.StatementStatistics;
import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.link.Confidence;
import dev.spanwise.analyzer.link.Link;
import dev.spanwise.analyzer.link.LinkMethod;
import dev.spanwise.analyzer.plan.PlanFacts;
import dev.spanwise.analyzer.trace.Spans;
import dev.spanwise.analyzer.trace.TraceId;
import dev.spanwise.analyzer.workload.Query;
import dev.spanwise.analyzer.workload.WorkloadBuilder;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReturnsTooManyRowsTest {

  private static final QueryRule RULE = new ReturnsTooManyRows();
  private static final String SQL = "SELECT * FROM trades";

  @Test
  void firesWhereSendingTheRowsTakesLongerThanFindingThem() {
    RecordedExecution recorded = RecordedExecution.of("ReturnsTooManyRows", "fires");
    QueryVerdict verdict = examine("GET /trades", SQL, recorded, 160);
    assertThat(verdict).isInstanceOf(QueryVerdict.Found.class);
    QueryVerdict.Found found = (QueryVerdict.Found) verdict;
    double sendingMs = recorded.durationMs() - recorded.rootMs();
    assertThat(sendingMs).isGreaterThan(80);
    assertThat(found.title()).isEqualTo("One request takes 300,000 rows");
    assertThat(found.lostMs()).isCloseTo(sendingMs, within(0.01));
    assertThat(found.savedMs()).isCloseTo(sendingMs, within(0.01));
    assertThat(found.links()).hasSize(1);
    assertThat(RulePlans.evidence(found.evidence(), "rows returned")).isEqualTo(300_000L);
    assertThat((double) RulePlans.evidence(found.evidence(), "time to hand them out"))
        .isCloseTo(sendingMs, within(0.01));
    assertThat(found.remedy())
        .isInstanceOfSatisfying(
            Remedy.Step.class,
            step -> assertThat(step.kind()).isEqualTo(Remedy.Kind.REWRITE_QUERY));
  }

  @ParameterizedTest
  @CsvSource({
    // rows, ms of the server, ms of finding them, ms of the span
    "10000, 200, 100, 200, true",
    "9999, 200, 100, 200, false",
    "10000, 200, 101, 200, false",
    "10000, 200, 100, 201, false"
  })
  void firesFromItsBoundsOn(
      long rows, double serverMs, double findingMs, long spanMs, boolean fires) {
    RecordedExecution execution = RecordedExecution.scan(rows, serverMs, findingMs);
    assertThat(examine("GET /trades", SQL, execution, spanMs) instanceof QueryVerdict.Found)
        .isEqualTo(fires);
  }

  @ParameterizedTest
  @CsvSource({"clear-few", "clear-searched"})
  void isClearWhereFewRowsReturnOrFindingThemTakesTheTime(String name) {
    RecordedExecution recorded = RecordedExecution.of("ReturnsTooManyRows", name);
    assertThat(examine("GET /trades", SQL, recorded, (long) recorded.durationMs() + 1))
        .isEqualTo(new QueryVerdict.Clear());
  }

  @Test
  void whatAJobReadsIsItsOwnAffair() {
    RecordedExecution recorded = RecordedExecution.of("ReturnsTooManyRows", "fires");
    assertThat(examine(null, SQL, recorded, 160)).isEqualTo(new QueryVerdict.Clear());
  }

  @Test
  void anExportIsMeantToReturnAll() {
    RecordedExecution recorded = RecordedExecution.of("ReturnsTooManyRows", "fires");
    assertThat(examine("GET /export", "COPY trades TO STDOUT", recorded, 160))
        .isEqualTo(new QueryVerdict.Clear());
  }

  @Test
  void isInconclusiveWhereTimesWereNotMeasured() {
    RecordedExecution recorded = RecordedExecution.of("ReturnsTooManyRows", "inconclusive");
    assertThat(examine("GET /trades", SQL, recorded, 160))
        .isEqualTo(
            new QueryVerdict.Inconclusive(
                "how long handing out very many rows takes: no plan with times of such a call is linked (auto_explain.log_analyze and log_timing)"));
  }

  @Test
  void isInconclusiveWhereOnlyTheServerCountsTheRows() {
    WorkloadBuilder builder = new WorkloadBuilder(Duration.ofMillis(10));
    builder.add(Spans.request(Spans.trace(1), 1, "GET /trades", 0, 170));
    builder.add(Spans.call(Spans.trace(1), 2, 1, SQL, 7, 0, 160));
    builder.groupAllTraces();
    Query query = builder.build().queries().get(0);
    StatementStatistics many = new StatementStatistics(query.key().fingerprint(), 2, 300, 20_000);
    assertThat(RULE.examine(new QuerySubject(query, List.of(), many, 10)))
        .isInstanceOf(QueryVerdict.Inconclusive.class);
    assertThat(RULE.examine(new QuerySubject(query, List.of(), null, 10)))
        .isEqualTo(new QueryVerdict.Clear());
  }

  private static QueryVerdict examine(
      @Nullable String route, String sql, RecordedExecution execution, long spanMs) {
    WorkloadBuilder builder = new WorkloadBuilder(Duration.ofMillis(10));
    TraceId trace = Spans.trace(1);
    if (route != null) {
      builder.add(Spans.request(trace, 1, route, 0, spanMs + 10));
    }
    builder.add(Spans.call(trace, 2, route == null ? 0 : 1, sql, 7, 0, spanMs));
    builder.groupAllTraces();
    Query query = builder.build().queries().get(0);
    ExecutedPlan plan = execution.executedPlan();
    Link link =
        new Link(
            query.slowest().get(0),
            LinkMethod.BACKEND_PID,
            Confidence.EXACT,
            plan,
            PlanFacts.of(plan.plan()),
            plan.logged(),
            1,
            plan.durationNanos(),
            List.of(),
            null);
    return RULE.examine(new QuerySubject(query, List.of(link), null, 10));
  }
}
