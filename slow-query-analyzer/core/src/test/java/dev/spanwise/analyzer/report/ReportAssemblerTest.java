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
}
