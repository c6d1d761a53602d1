package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.trace.Spans;
import dev.spanwise.analyzer.trace.TraceId;
import dev.spanwise.analyzer.workload.ConnectionWaits;
import dev.spanwise.analyzer.workload.WorkloadBuilder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitedForConnectionTest {

  private static final EndpointRule RULE = new WaitedForConnection();
  private static final TraceId TRACE = Spans.trace(1);
  private static final String POOL = "HikariDataSource.getConnection";
  private static final String READ = "SELECT price FROM quotes WHERE id = ?";

  @Test
  void firesWhereARequestWaitsForThePool() {
    QueryVerdict.Found found =
        found(
            Spans.request(TRACE, 1, "GET /portfolio", 0, 500),
            Spans.internal(TRACE, 2, 1, POOL, 10, 390),
            Spans.call(TRACE, 3, 1, READ, 7, 390, 400));
    assertThat(found.title()).isEqualTo("GET /portfolio waits 380 ms for a database connection");
    assertThat(found.explanation())
        .startsWith("Getting a connection takes 380 ms of the request's 500 ms");
    assertThat(found.lostMs()).isCloseTo(380, within(1e-9));
    assertThat(found.savedMs()).isCloseTo(380, within(1e-9));
    assertThat(RulePlans.evidence(found.evidence(), "seen as")).isEqualTo(POOL);
    assertThat(RulePlans.evidence(found.evidence(), "share of the request's time")).isEqualTo(0.76);
  }

  @Test
  void connectionsWithoutAPoolAreSaidToBeOpenedEachTime() {
    QueryVerdict.Found found =
        found(
            Spans.request(TRACE, 1, "GET /portfolio", 0, 500),
            Spans.internal(TRACE, 2, 1, "DriverManagerDataSource.getConnection", 10, 90),
            Spans.call(TRACE, 3, 1, READ, 7, 90, 100));
    assertThat(found.title()).isEqualTo("GET /portfolio opens database connections for 80 ms");
  }

  @Test
  void aRequestThatNeverGetsOneIsSeenThoughItRunsNoStatement() {
    QueryVerdict.Found found =
        found(
            Spans.request(TRACE, 1, "GET /portfolio", 0, 30_010),
            Spans.internal(TRACE, 2, 1, POOL, 5, 30_005));
    assertThat(found.title()).isEqualTo("GET /portfolio waits 30.0 s for a database connection");
  }

  @Test
  void aDataSourceAroundAnotherCostsItsTimeOnce() {
    QueryVerdict.Found found =
        found(
            Spans.request(TRACE, 1, "GET /portfolio", 0, 500),
            Spans.internal(TRACE, 2, 1, "LazyConnectionDataSource.getConnection", 10, 390),
            Spans.internal(TRACE, 3, 2, POOL, 20, 380));
    assertThat(found.lostMs()).isCloseTo(380, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pg-pool.connect", "pgxpool.acquire", POOL})
  void knowsTheSpansOfUsualPools(String name) {
    assertThat(
            found(
                    Spans.request(TRACE, 1, "GET /portfolio", 0, 500),
                    Spans.internal(TRACE, 2, 1, name, 10, 390))
                .rule())
        .isEqualTo("WaitedForConnection");
  }

  @ParameterizedTest
  @CsvSource({
    // ms of waiting, ms of the request
    "50, 1000, true",
    "49, 1000, false",
    "30, 100, true",
    "30, 101, false",
    "30, 99, false",
    "9, 10, false"
  })
  void firesFromItsBoundsOn(long waitMs, long requestMs, boolean fires) {
    List<ConnectionWaits> waits =
        waits(
            Spans.request(TRACE, 1, "GET /portfolio", 0, requestMs),
            Spans.internal(TRACE, 2, 1, POOL, 0, waitMs));
    assertThat(waits.stream().anyMatch(one -> RULE.examine(one, 100) instanceof QueryVerdict.Found))
        .isEqualTo(fires);
  }

  @Test
  void isClearWhereThePoolHasOne() {
    assertThat(
            waits(
                Spans.request(TRACE, 1, "GET /portfolio", 0, 500),
                Spans.internal(TRACE, 2, 1, POOL, 10, 11),
                Spans.call(TRACE, 3, 1, READ, 7, 400, 410)))
        .isEmpty();
  }

  @Test
  void isInconclusiveWhereNoSpanShowsWhatARequestDoesFirst() {
    List<ConnectionWaits> waits =
        waits(
            Spans.request(TRACE, 1, "GET /portfolio", 0, 500),
            Spans.internal(TRACE, 2, 1, "render", 0, 100),
            Spans.call(TRACE, 3, 1, READ, 7, 400, 410));
    assertThat(waits)
        .singleElement()
        .satisfies(
            one ->
                assertThat(RULE.examine(one, 100))
                    .isEqualTo(
                        new QueryVerdict.Inconclusive(
                            "what GET /portfolio does in the 300 ms before its first statement that no span shows: record getting a connection (otel.instrumentation.jdbc-datasource.enabled)")));
  }

  @Test
  void isClearWhereSpansShowWhatARequestDoesFirst() {
    assertThat(
            waits(
                Spans.request(TRACE, 1, "GET /portfolio", 0, 500),
                Spans.internal(TRACE, 2, 1, "call to another service", 5, 398),
                Spans.call(TRACE, 3, 1, READ, 7, 400, 410)))
        .isEmpty();
  }

  private static QueryVerdict.Found found(Span... spans) {
    List<ConnectionWaits> waits = waits(spans);
    assertThat(waits).hasSize(1);
    QueryVerdict verdict = RULE.examine(waits.get(0), 100);
    assertThat(verdict).isInstanceOf(QueryVerdict.Found.class);
    return (QueryVerdict.Found) verdict;
  }

  private static List<ConnectionWaits> waits(Span... spans) {
    WorkloadBuilder builder = new WorkloadBuilder(Duration.ofMillis(100));
    for (Span span : spans) {
      builder.add(span);
    }
    builder.groupAllTraces();
    return builder.build().connectionWaits();
  }
}
