package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanwise.analyzer.trace.Spans;
import dev.spanwise.analyzer.trace.TraceId;
import dev.spanwise.analyzer.workload.Query;
import dev.spanwise.analyzer.workload.WorkloadBuilder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryRepeatsPerItemTest {

  private static final QueryRule RULE = new QueryRepeatsPerItem();
  private static final double SLOWER_THAN_MS = 100;

  @Test
  void firesWhereARequestRunsAStatementForEachItem() {
    QueryVerdict.Found found = found(requests(3, 20, 5, 200));
    assertThat(found.rule()).isEqualTo("QueryRepeatsPerItem");
    assertThat(found.title()).isEqualTo("One request runs this statement 20 times");
    assertThat(found.explanation()).startsWith("20 calls take 100 ms of the request's 200 ms");
    assertThat(found.remedy())
        .isInstanceOfSatisfying(
            Remedy.Step.class,
            step -> {
              assertThat(step.kind()).isEqualTo(Remedy.Kind.BATCH_QUERIES);
              assertThat(step.statement()).doesNotContain("quotes");
            });
    assertThat(found.lostMs()).isCloseTo(95, within(1e-9));
    assertThat(found.savedMs()).isCloseTo(3 * 95, within(1e-9));
    String average = "spans, on average";
    assertThat(found.evidence().subList(0, 6))
        .containsExactly(
            new Evidence("calls in a request", 20.0, "{call}", average),
            new Evidence("time of these calls in a request", 100.0, "ms", average),
            new Evidence("time of the request", 200.0, "ms", average),
            new Evidence("share of the request's time", 0.5, "1", average),
            new Evidence("requests that repeat it", 3.0, "{request}", "spans"),
            new Evidence(
                "time of the request that lost most", 200.0, "ms", "span 0000000000000001"));
    assertThat((double) RulePlans.evidence(found.evidence(), "mean of one of these calls"))
        .isCloseTo(5, within(1e-9));
    assertThat((double) RulePlans.evidence(found.evidence(), "median of one call"))
        .isCloseTo(5, within(0.05));
  }

  @ParameterizedTest
  @CsvSource({
    // calls, ms of each, ms of the request
    // All but one call of a request could go: so many times the ms of each is what it loses.
    "11, 5, 1000, true",
    "10, 5, 1000, false",
    "9, 7, 1000, false",
    "11, 3, 100, true",
    "11, 3, 101, false",
    "11, 3, 99, false"
  })
  void firesFromItsBoundsOn(int calls, long callMs, long requestMs, boolean fires) {
    QueryVerdict verdict = examine(requests(1, calls, callMs, requestMs));
    assertThat(verdict instanceof QueryVerdict.Found).isEqualTo(fires);
  }

  @Test
  void callsSideBySideCostTheirTimeOnce() {
    WorkloadBuilder builder = new WorkloadBuilder(Duration.ofMillis(100));
    TraceId trace = Spans.trace(1);
    builder.add(Spans.request(trace, 1, "GET /portfolio", 0, 80));
    for (int i = 0; i < 20; i++) {
      builder.add(Spans.call(trace, 2 + i, 1, "SELECT 1 FROM quotes WHERE id = $1", 7, 10, 50));
    }
    assertThat(examine(only(builder))).isEqualTo(new QueryVerdict.Clear());
  }

  @Test
  void requestsThatRepeatItLittleDoNotHideThoseThatRepeatItMuch() {
    WorkloadBuilder builder = new WorkloadBuilder(Duration.ofMillis(100));
    for (int request = 0; request < 1_000; request++) {
      repeat(builder, request, 5, 5, 30);
    }
    for (int request = 1_000; request < 1_020; request++) {
      repeat(builder, request, 200, 5, 1_100);
    }
    assertThat(found(only(builder)).title()).isEqualTo("One request runs this statement 200 times");
  }

  @Test
  void transactionControlIsClear() {
    WorkloadBuilder builder = new WorkloadBuilder(Duration.ofMillis(100));
    TraceId trace = Spans.trace(1);
    builder.add(Spans.request(trace, 1, "POST /orders", 0, 400));
    for (int i = 0; i < 20; i++) {
      builder.add(Spans.call(trace, 2 + i, 1, "COMMIT", 7, i * 20L, i * 20L + 10));
    }
    assertThat(examine(only(builder))).isEqualTo(new QueryVerdict.Clear());
  }

  @Test
  void isClearWhereEachRequestRunsItOnce() {
    WorkloadBuilder builder = new WorkloadBuilder(Duration.ofMillis(100));
    for (int i = 0; i < 50; i++) {
      TraceId trace = Spans.trace(i);
      builder.add(Spans.request(trace, 1, "GET /quote", 0, 300));
      builder.add(Spans.call(trace, 2, 1, "SELECT 1 FROM quotes WHERE id = $1", 7, 0, 250));
    }
    assertThat(examine(only(builder))).isEqualTo(new QueryVerdict.Clear());
  }

  private static QueryVerdict examine(Query query) {
    return RULE.examine(new QuerySubject(query, List.of(), null, SLOWER_THAN_MS));
  }

  private static QueryVerdict.Found found(Query query) {
    QueryVerdict verdict = examine(query);
    assertThat(verdict).isInstanceOf(QueryVerdict.Found.class);
    return (QueryVerdict.Found) verdict;
  }

  /** Requests that make calls one after another. */
  private static Query requests(int requests, int calls, long callMs, long requestMs) {
    WorkloadBuilder builder = new WorkloadBuilder(Duration.ofMillis(100));
    for (int request = 0; request < requests; request++) {
      repeat(builder, request, calls, callMs, requestMs);
    }
    return only(builder);
  }

  private static void repeat(
      WorkloadBuilder builder, int request, int calls, long callMs, long requestMs) {
    TraceId trace = Spans.trace(request);
    builder.add(Spans.request(trace, 1, "GET /portfolio", 0, requestMs));
    for (int call = 0; call < calls; call++) {
      String sql = "SELECT price FROM quotes WHERE id = " + call;
      builder.add(Spans.call(trace, 2 + call, 1, sql, 7, call * callMs, (call + 1) * callMs));
    }
  }

  private static Query only(WorkloadBuilder builder) {
    builder.groupAllTraces();
    assertThat(builder.build().queries()).hasSize(1);
    return builder.build().queries().get(0);
  }
}
