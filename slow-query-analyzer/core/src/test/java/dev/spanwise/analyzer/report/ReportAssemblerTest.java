package dev.spanwise.analyzer.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.trace.Spans;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportAssemblerTest {

  private static final String SQL = "SELECT id FROM trades WHERE account_id = 42";

  @Test
  void wasNoSlowSpanSentWithItsBackendTheReportSaysSoOnce() {
    Report report =
        SampleTraces.of(
            List.of(
                Spans.call(Spans.trace(1), 1, 0, SQL, null, 0, 200),
                Spans.call(Spans.trace(2), 1, 0, "SELECT 1", null, 0, 300)));

    assertThat(report.input().notes())
        .containsExactly(
            "none of the 2 slow spans that were looked at carries postgresql.pid: a plan is linked only where a traceparent names its span, or where statement and duration leave no choice");
  }

  @Test
  void oneSlowSpanWithItsBackendIsEnoughToLink() {
    Report report =
        SampleTraces.of(
            List.of(
                Spans.call(Spans.trace(1), 1, 0, SQL, null, 0, 200),
                Spans.call(Spans.trace(2), 1, 0, SQL, 7, 0, 300)));

    assertThat(report.input().notes()).isEmpty();
  }

  @Test
  void quickSpansNeedNoBackend() {
    Report report = SampleTraces.of(List.of(Spans.call(Spans.trace(1), 1, 0, SQL, null, 0, 20)));

    assertThat(report.input().notes()).isEmpty();
  }

  @Test
  void aWaitThatNoStatementShowsNamesItsEndpointAndItsRequests() {
    Report report =
        SampleTraces.of(
            List.of(
                Spans.request(Spans.trace(1), 1, "GET /portfolio", 0, 500),
                Spans.internal(Spans.trace(1), 2, 1, "HikariDataSource.getConnection", 10, 390),
                Spans.call(Spans.trace(1), 3, 1, SQL, 7, 390, 400)));

    assertThat(report.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.fingerprint()).isNull();
              assertThat(finding.endpoint()).isEqualTo("GET /portfolio");
              assertThat(finding.service()).isEqualTo("api");
              assertThat(finding.exemplars())
                  .extracting(Report.Exemplar::durationMs)
                  .containsExactly(500.0);
            });
    String title = "GET /portfolio waits 380 ms for a database connection";
    assertThat(TextReport.render(report, false)).contains(title);
    assertThat(MarkdownReport.render(report)).contains(title);
    assertThat(HtmlReport.render(report)).contains("HikariDataSource.getConnection");
  }
}
