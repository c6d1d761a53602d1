package dev.spanwise.analyzer.cli;

import dev.spanwise.analyzer.report.Report;
import dev.spanwise.demo.api.Read;
import dev.spanwise.demo.database.DemoDatabase;
import dev.spanwise.demo.workload.LatencySummary;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** The demo's results for the terminal; the reports say the rest. */
final class DemoSummary {

  private final PrintWriter out;
  private final Ansi ansi;

  DemoSummary(PrintWriter out, boolean colours) {
    this.out = out;
    this.ansi = colours ? Ansi.ON : Ansi.OFF;
  }

  void findings(Report report) {
    Report.Links links = report.links();
    out.println();
    out.printf(
        Locale.ROOT,
        "%,d spans, %,d of them slow database calls: %d linked exactly to the plan that ran, %d"
            + " probably,%n%d ambiguous, and %d for which the server logged no plan.%n",
        report.input().spans(),
        report.input().slowSpans(),
        links.exact(),
        links.probable(),
        links.ambiguous(),
        links.unlinked());
    if (links.unlinked() > 0) {
      out.printf(
          Locale.ROOT,
          "Most of those took less than %d ms in the read model's server and waited for the rest,"
              + " as a rule%nfor a processor, or ran on the ledger, whose log is not read.%n",
          DemoDatabase.PLANS_LOGGED_FROM.toMillis());
    }
    long passedOver =
        report.input().slowSpans()
            - links.exact()
            - links.probable()
            - links.ambiguous()
            - links.unlinked();
    if (passedOver > 0) {
      out.printf(
          Locale.ROOT,
          "%,d more are of statements whose slowest calls were looked at already.%n",
          passedOver);
    }
    int number = 0;
    for (Report.Finding finding : report.findings()) {
      number++;
      out.println();
      out.println(
          ansi.string(
              "@|bold %d  %s|@  %s"
                  .formatted(number, finding.severity().toUpperCase(Locale.ROOT), place(finding))));
      out.println("   " + finding.title() + ".");
      report.advice().stream()
          .filter(advice -> finding.advice().contains(advice.id()))
          .forEach(this::advice);
      finding.exemplars().stream()
          .limit(1)
          .forEach(exemplar -> out.println("   trace " + exemplar.traceId() + link(exemplar)));
    }
    if (number == 0) {
      out.println("No findings.");
    }
    out.flush();
  }

  private void advice(Report.Advice advice) {
    out.println(ansi.string("   @|green →|@ ") + advice.statement());
    Report.Verified verified = advice.verified();
    if (verified.costBefore() != null && verified.costAfter() != null) {
      out.printf(
          Locale.ROOT,
          "     planner's cost %,.0f → %,.0f, proved by building it%n",
          verified.costBefore(),
          verified.costAfter());
    }
  }

  private static String link(Report.Exemplar exemplar) {
    Report.LinkOf link = exemplar.link();
    return link == null ? "" : ", linked by " + link.method() + " (" + link.confidence() + ")";
  }

  private static String place(Report.Finding finding) {
    List<String> parts = new ArrayList<>();
    parts.add(finding.rule());
    if (finding.endpoint() != null) {
      parts.add(finding.endpoint());
    }
    if (finding.operation() != null) {
      parts.add(finding.operation());
    }
    return String.join(" · ", parts);
  }

  /**
   * What was measured and diagnosed.
   *
   * @param again what was diagnosed after the changes
   */
  static Report.Comparison comparison(
      List<String> changes,
      Map<Read, LatencySummary> before,
      Map<Read, LatencySummary> after,
      Report again) {
    List<Report.EndpointLatency> endpoints = new ArrayList<>();
    for (Read read : Read.values()) {
      endpoints.add(
          new Report.EndpointLatency(
              "GET " + read.route(), latency(before.get(read)), latency(after.get(read))));
    }
    return new Report.Comparison(
        String.join("\n", changes),
        endpoints,
        again.findings().stream().map(finding -> place(finding) + ": " + finding.title()).toList());
  }

  private static Report.@Nullable Latency latency(@Nullable LatencySummary summary) {
    return summary == null || summary.count() == 0
        ? null
        : new Report.Latency(
            summary.count(), ms(summary.p50()), ms(summary.p95()), ms(summary.p99()));
  }

  private static double ms(Duration duration) {
    return Math.round(duration.toNanos() / 1e3) / 1e3;
  }

  /** The measured table, and what the diagnosis says now. */
  void comparison(Report report) {
    Report.Comparison comparison = report.comparison();
    if (comparison == null) {
      return;
    }
    out.println();
    out.printf(
        Locale.ROOT,
        "%-34s %8s   %s%n",
        "measured at the client, ms",
        "requests",
        "p50 before → after      p95 before → after      p99 before → after   p95 faster");
    for (Report.EndpointLatency endpoint : comparison.endpoints()) {
      Report.Latency was = endpoint.before();
      Report.Latency is = endpoint.after();
      if (was == null || is == null) {
        out.printf(Locale.ROOT, "%-34s no answers%n", endpoint.endpoint());
        continue;
      }
      out.printf(
          Locale.ROOT,
          "%-34s %8d   %9.1f → %8.1f   %9.1f → %8.1f   %9.1f → %8.1f   %5.1f×%n",
          endpoint.endpoint(),
          is.requests(),
          was.p50Ms(),
          is.p50Ms(),
          was.p95Ms(),
          is.p95Ms(),
          was.p99Ms(),
          is.p99Ms(),
          was.p95Ms() / is.p95Ms());
    }
    out.println();
    out.println(
        "Reads that nothing was done about are quicker where they no longer wait for the others.");
    out.println();
    out.println(comparison.diagnosedAgain());
    comparison.remaining().forEach(finding -> out.println("   " + finding));
    out.flush();
  }
}
