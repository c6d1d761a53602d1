package dev.spanwise.analyzer.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanwise.analyzer.trace.DatabaseCall;
import dev.spanwise.analyzer.trace.DatabaseSystem;
import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.trace.SpanKind;
import dev.spanwise.analyzer.trace.SpanLinks;
import dev.spanwise.analyzer.trace.Spans;
import dev.spanwise.analyzer.trace.TraceId;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WorkloadBuilderTest {

  private final WorkloadBuilder builder = new WorkloadBuilder(Duration.ofMillis(100));

  @Test
  void groupsByShapeReadAndEndpointThoughChildrenComeBeforeTheirParents() {
    TraceId trace = Spans.trace(1);
    builder.add(Spans.call(trace, 3, 2, "SELECT * FROM t WHERE a = 1", 7, 10, 20));
    builder.add(Spans.call(trace, 4, 2, "select * from t where a = ?", 7, 20, 50));
    builder.add(Spans.read(trace, 2, 1, "history", 5, 60));
    builder.add(Spans.request(trace, 1, "GET /accounts/{id}", 0, 70));
    Workload workload = workload();

    assertThat(workload.spans()).isEqualTo(4);
    assertThat(workload.queries()).hasSize(1);
    Query query = workload.queries().get(0);
    assertThat(query.calls()).isEqualTo(2);
    assertThat(query.totalMs()).isEqualTo(40);
    assertThat(query.maxMs()).isEqualTo(30);
    assertThat(query.key().operation()).isEqualTo("history");
    assertThat(query.key().endpoint()).isEqualTo("GET /accounts/{id}");
    assertThat(query.key().service()).isEqualTo("api");
  }

  @Test
  void quantilesAreWithinOnePercent() {
    for (int i = 1; i <= 1_000; i++) {
      builder.add(Spans.call(Spans.trace(i), 1, 0, "SELECT 1 FROM t", 7, 0, i));
    }
    Query query = workload().queries().get(0);
    assertThat(query.p50Ms()).isCloseTo(500, within(6.0));
    assertThat(query.p95Ms()).isCloseTo(950, within(10.0));
    assertThat(query.p99Ms()).isCloseTo(990, within(11.0));
  }

  @Test
  void quantilesOfAFewCallsAreCallsThatThereWere() {
    for (long ms : new long[] {100, 110, 120, 130, 140, 150, 468, 587}) {
      builder.add(Spans.call(Spans.trace(ms), 1, 0, "SELECT 1 FROM t", 7, 0, ms));
    }
    Query query = workload().queries().get(0);
    assertThat(query.p50Ms()).isCloseTo(130, within(1.4));
    assertThat(query.p95Ms()).isCloseTo(587, within(6.0)).isLessThanOrEqualTo(query.maxMs());
    assertThat(query.p99Ms()).isCloseTo(587, within(6.0)).isLessThanOrEqualTo(query.maxMs());
  }

  @Test
  void aSpanThatWasSentTwiceCountsOnce() {
    Span call = Spans.call(Spans.trace(1), 1, 0, "SELECT 1 FROM t", 7, 0, 200);
    builder.add(call);
    builder.add(call);
    Workload workload = workload();
    assertThat(workload.queries().get(0).calls()).isEqualTo(1);
    assertThat(workload.slowSpans()).isEqualTo(1);
  }

  @Test
  void aQueryKeepsSlowSpansHoweverManyTheOthersHold() {
    int spans = 0;
    for (int statement = 0; statement < 102; statement++) {
      for (int i = 0; i < WorkloadLimits.SLOW_SPANS_OF_A_QUERY; i++) {
        String sql = "SELECT 1 FROM table_" + statement;
        builder.add(Spans.call(Spans.trace(++spans), 1, 0, sql, 7, 0, 200));
      }
    }
    assertThat(workload().queries())
        .hasSize(102)
        .allSatisfy(query -> assertThat(query.slowest()).hasSizeGreaterThanOrEqualTo(20));
  }

  @Test
  void keepsTheSlowestSlowSpansAndCountsAll() {
    int calls = WorkloadLimits.SLOW_SPANS_OF_A_QUERY + 50;
    for (int i = 1; i <= calls; i++) {
      builder.add(Spans.call(Spans.trace(i), 1, 0, "SELECT 1 FROM t", 7, 0, 100 + i));
    }
    Workload workload = workload();
    Query query = workload.queries().get(0);
    assertThat(workload.slowSpans()).isEqualTo(calls);
    assertThat(query.slowCalls()).isEqualTo(calls);
    assertThat(query.slowest()).hasSize(WorkloadLimits.SLOW_SPANS_OF_A_QUERY);
    assertThat(query.slowest().get(0).span().durationNanos()).isEqualTo((100L + calls) * 1_000_000);
    assertThat(query.slowest())
        .allSatisfy(slow -> assertThat(slow.span().durationNanos()).isGreaterThan(150_000_000L));
  }

  @Test
  void countsRepetitionOfOneStatementInOneRequest() {
    TraceId trace = Spans.trace(1);
    for (int i = 0; i < 20; i++) {
      builder.add(
          Spans.call(trace, 10 + i, 1, "SELECT p FROM q WHERE i = " + i, 7, i * 3L, i * 3L + 2));
    }
    builder.add(Spans.request(trace, 1, "GET /portfolio", 0, 80));
    Repetition repetition = Objects.requireNonNull(workload().queries().get(0).repetition());
    assertThat(repetition.requests()).isEqualTo(1);
    assertThat(repetition.calls()).isEqualTo(20);
    assertThat(repetition.callNanos()).isEqualTo(40_000_000);
    assertThat(repetition.requestNanos()).isEqualTo(80_000_000);
    assertThat(repetition.worst().get(0).requestSpanId()).isEqualTo(1);
  }

  @Test
  void callsSideBySideCostTheirTimeOnce() {
    TraceId trace = Spans.trace(1);
    for (int i = 0; i < 10; i++) {
      builder.add(Spans.call(trace, 10 + i, 1, "SELECT 1 FROM t", 7 + i, 5, 25));
    }
    builder.add(Spans.request(trace, 1, "GET /", 0, 30));
    Repetition repetition = Objects.requireNonNull(workload().queries().get(0).repetition());
    assertThat(repetition.callNanos()).isEqualTo(20_000_000);
  }

  @Test
  void repetitionIsSeenThoughTheRequestsOwnSpanIsMissing() {
    TraceId trace = Spans.trace(1);
    for (int i = 0; i < 10; i++) {
      builder.add(Spans.call(trace, 10 + i, 1, "SELECT 1 FROM t", 7, i * 3L, i * 3L + 2));
    }
    Repetition repetition = Objects.requireNonNull(workload().queries().get(0).repetition());
    assertThat(repetition.calls()).isEqualTo(10);
    assertThat(repetition.requestNanos()).isEqualTo(29_000_000);
  }

  @Test
  void sameStatementInManyRequestsIsNoRepetition() {
    for (int i = 1; i <= 50; i++) {
      builder.add(Spans.call(Spans.trace(i), 2, 1, "SELECT 1 FROM t", 7, 0, 1));
      builder.add(Spans.request(Spans.trace(i), 1, "GET /", 0, 2));
    }
    assertThat(workload().queries().get(0).repetition()).isNull();
  }

  @Test
  void memoryOfDistinctStatementsIsBoundedAndTheRestIsCounted() {
    int statements = WorkloadLimits.QUERIES + 10;
    for (int i = 0; i < statements; i++) {
      builder.add(Spans.call(Spans.trace(i), 1, 0, "SELECT 1 FROM table_" + i, 7, 0, 1));
    }
    Workload workload = workload();
    assertThat(workload.queries()).hasSize(WorkloadLimits.QUERIES);
    assertThat(workload.leftOut()).isEqualTo(10);
  }

  @Test
  void aDatabaseSpanWithoutTextIsCounted() {
    builder.add(
        new Span(
            Spans.trace(1),
            1,
            0,
            null,
            "call",
            SpanKind.CLIENT,
            0,
            1,
            false,
            null,
            null,
            new DatabaseCall(DatabaseSystem.POSTGRESQL, null, null, null),
            null,
            SpanLinks.NONE));
    assertThat(workload().withoutText()).isEqualTo(1);
  }

  private Workload workload() {
    builder.groupAllTraces();
    return builder.build();
  }
}
