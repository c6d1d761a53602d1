package dev.spanwise.analyzer.report;

import static dev.spanwise.analyzer.report.MarkdownText.code;
import static dev.spanwise.analyzer.report.MarkdownText.codeBlock;
import static dev.spanwise.analyzer.report.MarkdownText.row;
import static dev.spanwise.analyzer.report.MarkdownText.words;

import dev.spanwise.analyzer.input.Rejection;
import dev.spanwise.analyzer.report.Outline.Cause;
import dev.spanwise.analyzer.report.Report.Advice;
import dev.spanwise.analyzer.report.Report.Comparison;
import dev.spanwise.analyzer.report.Report.EndpointLatency;
import dev.spanwise.analyzer.report.Report.Evidence;
import dev.spanwise.analyzer.report.Report.Exemplar;
import dev.spanwise.analyzer.report.Report.Finding;
import dev.spanwise.analyzer.report.Report.Latency;
import dev.spanwise.analyzer.report.Report.Query;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The report as a comment on a pull request; what a first reader can do without is folded. */
final class MarkdownReport {

  /** A comment on GitHub has at most 65,536 characters; the statements are what could fill it. */
  private static final int QUERIES_SHOWN = 50;

  private static final int STATEMENT_CHARACTERS = 300;

  private static final int REJECTIONS_SHOWN = 20;

  private final Report report;
  private final Outline outline;
  private final StringBuilder out = new StringBuilder();

  private MarkdownReport(Report report) {
    this.report = report;
    this.outline = Outline.of(report);
  }

  static String render(Report report) {
    return new MarkdownReport(report).render();
  }

  private String render() {
    out.append("## ").append(words(Headline.of(report))).append("\n\n");
    outline.causes().forEach(this::cause);
    if (!outline.furtherAdvice().isEmpty()) {
      out.append("### Further advice\n\n");
      outline.furtherAdvice().forEach(this::advice);
    }
    if (report.comparison() != null) {
      comparison(report.comparison());
    }
    TraceOutline trace = TraceOutline.crossing(report.traces());
    if (trace != null) {
      trace(trace);
    }
    if (!report.queries().isEmpty()) {
      queries(report.queries());
    }
    input(report.input());
    out.append("<sub>")
        .append(words(report.tool().name() + " " + report.tool().version()))
        .append(", ")
        .append(report.generatedAt().truncatedTo(ChronoUnit.SECONDS))
        .append("</sub>\n");
    return out.toString();
  }

  private void cause(Cause cause) {
    Finding finding = cause.finding();
    out.append("### ").append(cause.number()).append("\\. ").append(words(finding.title()));
    out.append("\n\n**").append(words(finding.severity())).append("**");
    String where = Outline.where(finding.endpoint(), finding.operation(), finding.service());
    if (!where.isEmpty()) {
      out.append(" · ").append(words(where));
    }
    if (finding.relation() != null) {
      out.append(" · ").append(code(finding.relation()));
    }
    if (finding.savedMs() != null) {
      out.append(" · would save ").append(Outline.saving(finding));
    }
    paragraph("\n\n" + words(finding.explanation()));
    cause.advice().forEach(this::advice);
    cause.shares().forEach(number -> paragraph("The advice of cause " + number + " helps here."));
    if (cause.query() != null) {
      out.append(codeBlock("sql", cause.query().text())).append('\n');
    }
    out.append(row(List.of("Evidence", "Value", "Source")));
    out.append("| --- | ---: | --- |\n");
    for (Evidence evidence : finding.evidence()) {
      out.append(
          row(
              List.of(
                  words(evidence.name()), words(Quantity.of(evidence)), code(evidence.source()))));
    }
    out.append('\n');
    exemplars(finding);
    paragraph("Rule " + code(finding.rule()) + ": " + words(finding.docs()));
  }

  private void advice(Advice advice) {
    if (Outline.isRunnable(advice)) {
      out.append(codeBlock("sql", Outline.runnable(advice))).append('\n');
    } else {
      paragraph("**Do:** " + words(advice.statement()));
    }
    String costs = Outline.costs(advice.verified());
    String effects =
        Outline.effects(advice).stream()
            .map(effect -> "; " + effect.label() + " " + effect.value())
            .collect(Collectors.joining());
    out.append(words(Outline.proof(advice.verified())));
    out.append(costs == null ? "" : ": **" + words(costs) + "**");
    out.append(words(effects)).append('.');
    if (!advice.helps().isEmpty()) {
      out.append(" Helps ").append(words(outline.statements(advice.helps()))).append('.');
    }
    if (!advice.harms().isEmpty()) {
      out.append(" **Harms ").append(words(outline.statements(advice.harms()))).append(".**");
    }
    out.append("\n\n");
  }

  private void exemplars(Finding finding) {
    if (finding.exemplars().isEmpty()) {
      return;
    }
    boolean requests = Outline.showsRequests(finding);
    fold("Traces (" + finding.exemplars().size() + ")");
    out.append(
        requests
            ? row(List.of("Trace", "Span", "Request took"))
            : row(List.of("Trace", "Span", "Took", "Plan linked")));
    out.append(requests ? "| --- | --- | ---: |\n" : "| --- | --- | ---: | --- |\n");
    for (Exemplar exemplar : finding.exemplars()) {
      List<String> cells =
          List.of(
              code(exemplar.traceId()),
              code(exemplar.spanId()),
              Quantity.milliseconds(exemplar.durationMs()),
              words(Outline.link(exemplar)));
      out.append(row(requests ? cells.subList(0, 3) : cells));
    }
    unfold();
  }

  private void comparison(Comparison comparison) {
    out.append("### Measured before and after\n\n");
    out.append(codeBlock("sql", comparison.change())).append('\n');
    out.append(row(List.of("Endpoint", "Requests", "p50", "p95", "p99", "p95 faster")));
    out.append("| --- | ---: | ---: | ---: | ---: | ---: |\n");
    for (EndpointLatency endpoint : comparison.endpoints()) {
      out.append(row(latency(words(endpoint.endpoint()) + ", before", endpoint.before(), "")));
      String faster = Outline.faster(endpoint);
      out.append(row(latency(words(endpoint.endpoint()) + ", after", endpoint.after(), faster)));
    }
    out.append('\n');
    String remark = outline.remark(comparison);
    if (remark != null) {
      paragraph(remark);
    }
    paragraph(comparison.diagnosedAgain());
    comparison.remaining().forEach(finding -> out.append("- ").append(words(finding)).append('\n'));
    if (!comparison.remaining().isEmpty()) {
      out.append('\n');
    }
  }

  private static List<String> latency(String name, @Nullable Latency latency, String faster) {
    return Stream.of(List.of(name), Outline.cells(latency), List.of(faster))
        .flatMap(List::stream)
        .toList();
  }

  private void trace(TraceOutline outline) {
    out.append("### A trace of ").append(words(outline.trace().endpoint())).append("\n\n");
    paragraph(
        code(outline.trace().traceId()) + " · " + words(TraceOutline.extent(outline.trace())));
    TerminalText lines = new TerminalText(false);
    lines.table(TraceText.HEADINGS, TraceText.rows(outline));
    out.append(codeBlock("text", lines.toString())).append('\n');
    String more = TraceText.more(outline);
    if (!more.isEmpty()) {
      paragraph(more);
    }
  }

  private void queries(List<Query> queries) {
    fold("Statements (" + queries.size() + ")");
    out.append(row(List.of("Statement", "Where", "Calls", "Total", "p50", "p95", "p99", "Status")));
    out.append("| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |\n");
    for (Query query : queries.subList(0, Math.min(queries.size(), QUERIES_SHOWN))) {
      out.append(
          row(
              List.of(
                  code(shortened(query.text())),
                  words(Outline.where(query.endpoint(), query.operation(), query.service())),
                  Quantity.count(query.calls()),
                  Quantity.milliseconds(query.totalMs()),
                  Quantity.milliseconds(query.p50Ms()),
                  Quantity.milliseconds(query.p95Ms()),
                  Quantity.milliseconds(query.p99Ms()),
                  words(Outline.status(query)))));
    }
    if (queries.size() > QUERIES_SHOWN) {
      out.append("\nand ").append(queries.size() - QUERIES_SHOWN).append(" more\n");
    }
    unfold();
  }

  private void input(Report.Input input) {
    String links = Outline.hasTraces(input) ? " Links: " + Outline.links(report.links()) + "." : "";
    paragraph("Read " + Outline.read(input) + "." + links);
    input.notes().forEach(note -> out.append("- ").append(words(note)).append('\n'));
    if (!input.notes().isEmpty()) {
      out.append('\n');
    }
    long rejected = Outline.rejected(input);
    if (rejected == 0) {
      return;
    }
    fold("Not read: " + Quantity.count(rejected, "piece"));
    out.append(row(List.of("Source", "Place", "Reason"))).append("| --- | --- | --- |\n");
    List<Rejection> shown = input.rejected().stream().limit(REJECTIONS_SHOWN).toList();
    for (Rejection rejection : shown) {
      out.append(
          row(
              List.of(
                  code(rejection.source()), words(rejection.place()), words(rejection.reason()))));
    }
    if (rejected > shown.size()) {
      out.append("\nand ").append(Quantity.count(rejected - shown.size())).append(" more\n");
    }
    unfold();
  }

  private static String shortened(String statement) {
    return statement.length() <= 2 * STATEMENT_CHARACTERS
        ? statement
        : statement.substring(0, statement.offsetByCodePoints(0, STATEMENT_CHARACTERS)) + "…";
  }

  private void paragraph(String text) {
    out.append(text).append("\n\n");
  }

  private void fold(String summary) {
    out.append("<details><summary>").append(summary).append("</summary>\n\n");
  }

  private void unfold() {
    out.append("\n</details>\n\n");
  }
}
