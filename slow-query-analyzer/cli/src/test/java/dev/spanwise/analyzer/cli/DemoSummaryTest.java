package dev.spanwise.analyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.report.Report;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoSummaryTest {

  private static final Report.Finding FINDING =
      new Report.Finding(
          "1",
          "SeqScanDiscardsMostRows",
          "high",
          null,
          "public.trades",
          "read-api",
          "trade-history",
          "GET /accounts/{account}/trades",
          "Every row of public.trades is read and 99 % thrown away",
          "why",
          null,
          List.of(),
          List.of(),
          List.of(),
          "docs",
          null);

  @Test
  void whatRemainsIsNamed() {
    assertThat(said(List.of(FINDING)))
        .contains(
            "Diagnosed again: 1 finding remains.\n"
                + "   SeqScanDiscardsMostRows · GET /accounts/{account}/trades · trade-history:"
                + " Every row of public.trades is read and 99 % thrown away\n");
    assertThat(said(List.of(FINDING, FINDING))).contains("Diagnosed again: 2 findings remain.\n");
    assertThat(said(List.of())).endsWith("Diagnosed again: no findings.\n");
  }

  private static String said(List<Report.Finding> remaining) {
    StringWriter out = new StringWriter();
    Report.Comparison comparison =
        DemoSummary.comparison(List.of("change"), Map.of(), Map.of(), report(remaining));
    new DemoSummary(new PrintWriter(out), false)
        .comparison(report(List.of(FINDING)).withComparison(comparison));
    return out.toString();
  }

  private static Report report(List<Report.Finding> findings) {
    return new Report(
        "1",
        Instant.EPOCH,
        new Report.Tool("spanwise", "0"),
        new Report.Input(1, 1, 1, 1, List.of(), 0, List.of()),
        new Report.Links(0, 0, 0, 0, Map.of()),
        List.of(),
        findings,
        List.of());
  }
}
