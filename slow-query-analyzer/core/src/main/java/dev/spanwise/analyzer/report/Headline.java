package dev.spanwise.analyzer.report;

import dev.spanwise.analyzer.report.Outline.Cause;
import dev.spanwise.analyzer.report.Report.Finding;
import org.jspecify.annotations.Nullable;

/** The outcome in one sentence. */
final class Headline {

  private Headline() {}

  static String of(Report report) {
    if (!report.findings().isEmpty()) {
      String causes = Quantity.count(report.findings().size(), "cause") + " found";
      Cause first = Outline.of(report).causes().get(0);
      return first.finding().savedMs() == null ? causes : causes + "; " + cure(first, report);
    }
    long rejected = Outline.rejected(report.input());
    boolean nothingRead = report.queries().isEmpty() && report.input().plans() == 0;
    if (nothingRead) {
      return rejected > 0
          ? "Nothing to analyse: no input could be used"
          : "Nothing to analyse: the input holds no statement";
    }
    if (rejected > 0) {
      return "No cause found in what could be read; "
          + Quantity.count(rejected, "piece")
          + " of input could not be";
    }
    if (report.queries().isEmpty()) {
      String plans = Quantity.count(report.input().plans(), "plan");
      return report.input().notes().isEmpty()
          ? "No cause found in " + plans
          : "No cause found in " + plans + "; what limits this is noted below";
    }
    boolean allJudged = report.queries().stream().allMatch(q -> q.status().equals("healthy"));
    return allJudged
        ? "No cause found in any statement"
        : "No cause found, but not every statement could be judged";
  }

  private static String cure(Cause first, Report report) {
    Finding finding = first.finding();
    String which = report.findings().size() == 1 ? "it" : "the first";
    String saved = "curing " + which + " would save " + Quantity.milliseconds(finding.savedMs());
    return saved + over(first.calls(), finding.endpoint());
  }

  /** The calls are the statement's, not the requests. */
  private static String over(@Nullable Long calls, @Nullable String endpoint) {
    if (calls == null) {
      return " in total" + (endpoint == null ? "" : " in " + endpoint);
    }
    return " over " + Quantity.count(calls, "call") + (endpoint == null ? "" : " from " + endpoint);
  }
}
