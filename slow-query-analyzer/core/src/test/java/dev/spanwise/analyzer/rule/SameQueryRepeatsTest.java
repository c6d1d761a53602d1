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
import org.junit.jupiter.params.provider.ValueSource;

class SameQueryRepeatsTest {

  private static final QueryRule RULE = new SameQueryRepeats();
  private static final String READ = "SELECT value FROM settings WHERE name = 'currency'";

  @Test
  void firesWhereARequestAsksTheSameAgain() {
    QueryVerdict.Found found = found(requests(3, 20, 1, 5, 200, READ));
    assertThat(found.title()).isEqualTo("One request asks this 20 times over");
    assertThat(found.explanation())
        .startsWith(
            "20 calls with the very same values take 100 ms of the request's 200 ms, on average.");
    assertThat(found.lostMs()).isCloseTo(95, within(1e-9));
    assertThat(found.savedMs()).isCloseTo(3 * 95, within(1e-9));
    assertThat(found.requests()).hasSize(3);
    assertThat(RulePlans.evidence(found.evidence(), "calls with the same values in a request"))
        .isEqualTo(20.0);
    assertThat(RulePlans.evidence(found.evidence(), "share of the request's time")).isEqualTo(0.5);
    assertThat(found.remedy())
        .isInstanceOfSatisfying(
            Remedy.Step.class,
            step -> {
              assertThat(step.kind()).isEqualTo(Remedy.Kind.REWRITE_QUERY);
              assertThat(step.statement()).doesNotContain("currency");
            });
  }

  @ParameterizedTest
  @CsvSource({
    // calls, ms of each, ms of the request
    // All but one call could go: so many times the ms of each is what it loses.
    "3, 25, 1000, true",
    "2, 100, 1000, false",
    "6, 10, 1000, true",
    "6, 9, 1000, false",
    "3, 15, 100, true",
    "3, 15, 101, false",
    "3, 15, 99, false"
  })
  void firesFromItsBoundsOn(int calls, long callMs, long requestMs, boolean fires) {
    Query query = requests(1, calls, 1, callMs, requestMs, READ);
    assertThat(examine(query) instanceof QueryVerdict.Found).isEqualTo(fires);
  }

  @Test
  void readingEachOfAFewOnceIsTheSameCause() {
    assertThat(found(requests(1, 33, 3, 5, 300, READ)).lostMs()).isCloseTo(30 * 5, within(1e-9));
  }

  @Test
  void callsForManyItemsAreNotTheSameCall() {
    Query query = requests(1, 40, 20, 5, 300, READ);
    assertThat(examine(query)).isInstanceOf(QueryVerdict.Inconclusive.class);
    assertThat(new QueryRepeatsPerItem().examine(subject(query)))
        .isInstanceOf(QueryVerdict.Found.class);
  }

  @Test
  void theOtherRuleIsSilentWhereTheSameIsAsked() {
    assertThat(new QueryRepeatsPerItem().examine(subject(requests(1, 40, 1, 5, 300, READ))))
        .isEqualTo(new QueryVerdict.Clear());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO audit (what) VALUES ('seen')",
        "SELECT nextval('orders_id_seq')",
        "SELECT * FROM jobs WHERE state = 'new' LIMIT 1 FOR UPDATE SKIP LOCKED",
        "WITH moved AS (DELETE FROM queue WHERE state = 'done' RETURNING *) SELECT * FROM moved",
        "SELECT pg_advisory_xact_lock(7)",
        "COMMIT"
      })
  void whatDoesSomethingEachTimeIsClear(String sql) {
    assertThat(examine(requests(1, 20, 1, 5, 200, sql))).isEqualTo(new QueryVerdict.Clear());
  }

  @Test
  void isInconclusiveWhereTheValuesAreNotKnown() {
    WorkloadBuilder builder = new WorkloadBuilder(Duration.ofMillis(100));
    TraceId trace = Spans.trace(1);
    builder.add(Spans.request(trace, 1, "GET /portfolio", 0, 200));
    for (int i = 0; i < 20; i++) {
      String sql = "SELECT price FROM quotes WHERE id = ?";
      builder.add(Spans.call(trace, 2 + i, 1, sql, 7, i * 5L, i * 5L + 5));
    }
    assertThat(examine(only(builder)))
        .isEqualTo(
            new QueryVerdict.Inconclusive(
                "whether repeated calls had the same values: bind values are not captured"));
  }

  private static QueryVerdict examine(Query query) {
    return RULE.examine(subject(query));
  }

  private static QuerySubject subject(Query query) {
    return new QuerySubject(query, List.of(), null, 100);
  }

  private static QueryVerdict.Found found(Query query) {
    QueryVerdict verdict = examine(query);
    assertThat(verdict).isInstanceOf(QueryVerdict.Found.class);
    return (QueryVerdict.Found) verdict;
  }

  /** Requests that make calls one after another, with so many different texts in turn. */
  private static Query requests(
      int requests, int calls, int texts, long callMs, long requestMs, String sql) {
    WorkloadBuilder builder = new WorkloadBuilder(Duration.ofMillis(100));
    for (int request = 0; request < requests; request++) {
      TraceId trace = Spans.trace(request);
      builder.add(Spans.request(trace, 1, "GET /portfolio", 0, requestMs));
      for (int call = 0; call < calls; call++) {
        String text = texts == 1 ? sql : sql.replace("'currency'", "'c" + call % texts + "'");
        builder.add(
            Spans.callWithText(trace, 2 + call, 1, text, call * callMs, (call + 1) * callMs));
      }
    }
    return only(builder);
  }

  private static Query only(WorkloadBuilder builder) {
    builder.groupAllTraces();
    assertThat(builder.build().queries()).hasSize(1);
    return builder.build().queries().get(0);
  }
}
