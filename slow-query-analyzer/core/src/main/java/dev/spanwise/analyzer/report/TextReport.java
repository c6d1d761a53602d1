package dev.spanwise.analyzer.report;

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
import dev.spanwise.analyzer.report.TerminalText.Style;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The report for a terminal: the worst cause first, lines of at most 100 columns but for names and
 * statements that cannot be broken. Control characters of the input are shown, not obeyed.
 */
public final class TextReport {

  private static final int REJECTIONS_SHOWN = 20;

  private final Report report;
  private final Outline outline;
  private final TerminalText out;

  private TextReport(Report report, boolean colours) {
    this.report = report;
    this.outline = Outline.of(report);
    this.out = new TerminalText(colours);
  }

  /**
   * The whole report, each line ended by a line feed.
   *
   * @param colours whether to emphasise by ANSI escape sequences
   */
  public static String render(Report report, boolean colours) {
    return new TextReport(report, colours).render();
  }

  private String render() {
    out.line(Style.BOLD, Headline.of(report));
    out.line(
        Style.FAINT,
        report.tool().name()
            + " "
            + report.tool().version()
            + ", "
            + report.generatedAt().truncatedTo(ChronoUnit.SECONDS));
    outline.causes().forEach(this::cause);
    if (!outline.furtherAdvice().isEmpty()) {
      out.heading("Further advice");
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
    input(report.input(), report.links());
    return out.toString();
  }

  private void cause(Cause cause) {
    Finding finding = cause.finding();
    out.heading(cause.number() + ". " + finding.title());
    out.labelled("severity", Style.severity(finding.severity()), finding.severity());
    out.labelled(
        "where", Outline.where(finding.endpoint(), finding.operation(), finding.service()));
    out.labelled("table", finding.relation());
    out.labelled("would save", Outline.saving(finding));
    out.labelled("why", finding.explanation());
    cause.advice().forEach(this::advice);
    cause.shares().forEach(number -> out.labelled("do", "the advice of cause " + number));
    if (cause.query() != null) {
      out.blank();
      out.labelledSql("statement", cause.query().text());
    }
    out.blank();
    List<List<String>> rows = new ArrayList<>();
    for (Evidence evidence : finding.evidence()) {
      rows.add(List.of(evidence.name(), Quantity.of(evidence), evidence.source()));
    }
    out.table(List.of("evidence", ">value", "source"), rows);
    exemplars(finding);
    out.blank();
    out.labelled("more", finding.docs());
  }

  private void advice(Advice advice) {
    out.blank();
    if (Outline.isRunnable(advice)) {
      out.labelled("do", Outline.action(advice));
      out.blank();
      out.statement(Outline.runnable(advice));
      out.blank();
    } else {
      out.labelled("do", advice.statement());
    }
    out.labelled("proof", Outline.proof(advice.verified()));
    out.labelled("", Style.GOOD, Outline.costs(advice.verified()));
    Outline.effects(advice).forEach(effect -> out.labelled(effect.label(), effect.value()));
    out.labelled("helps", outline.statements(advice.helps()));
    out.labelled("harms", Style.BAD, outline.statements(advice.harms()));
  }

  private void exemplars(Finding finding) {
    if (finding.exemplars().isEmpty()) {
      return;
    }
    boolean requests = Outline.showsRequests(finding);
    List<List<String>> rows = new ArrayList<>();
    for (Exemplar exemplar : finding.exemplars()) {
      rows.add(
          List.of(
              exemplar.traceId(),
              exemplar.spanId(),
              Quantity.milliseconds(exemplar.durationMs()),
              requests ? "" : Outline.link(exemplar)));
    }
    out.blank();
    out.table(
        requests
            ? List.of("trace", "span", ">request took", "")
            : List.of("trace", "span", ">took", "plan linked"),
        rows);
  }

  private void comparison(Comparison comparison) {
    out.heading("Measured before and after");
    out.labelledSql("change", comparison.change());
    out.blank();
    List<List<String>> rows = new ArrayList<>();
    for (EndpointLatency endpoint : comparison.endpoints()) {
      rows.add(latency(endpoint.endpoint(), "before", endpoint.before(), ""));
      rows.add(latency("", "after", endpoint.after(), Outline.faster(endpoint)));
    }
    out.table(List.of("endpoint", "", ">requests", ">p50", ">p95", ">p99", ">p95 faster"), rows);
    String remark = outline.remark(comparison);
    if (remark != null) {
      out.blank();
      out.line(Style.FAINT, remark);
    }
    out.blank();
    out.line(Style.PLAIN, comparison.diagnosedAgain());
    comparison.remaining().forEach(finding -> out.labelled("", finding));
  }

  private static List<String> latency(
      String endpoint, String side, @Nullable Latency latency, String faster) {
    List<String> row = new ArrayList<>(List.of(endpoint, side));
    row.addAll(Outline.cells(latency));
    row.add(faster);
    return row;
  }

  private void trace(TraceOutline outline) {
    out.heading("A trace of " + outline.trace().endpoint());
    out.labelled("trace", outline.trace().traceId());
    out.labelled("took", TraceOutline.extent(outline.trace()));
    out.blank();
    out.table(TraceText.HEADINGS, TraceText.rows(outline));
    String more = TraceText.more(outline);
    if (!more.isEmpty()) {
      out.line(Style.FAINT, more);
    }
  }

  private void queries(List<Query> queries) {
    out.heading("Statements");
    List<List<String>> rows = new ArrayList<>();
    for (Query query : queries) {
      rows.add(
          List.of(
              query.fingerprint(),
              Quantity.count(query.calls()),
              Quantity.milliseconds(query.totalMs()),
              Quantity.milliseconds(query.p50Ms()),
              Quantity.milliseconds(query.p95Ms()),
              Quantity.milliseconds(query.p99Ms()),
              Quantity.milliseconds(query.maxMs()),
              Outline.label(query.status())));
    }
    out.table(
        List.of("fingerprint", ">calls", ">total", ">p50", ">p95", ">p99", ">max", "status"), rows);
    for (Query query : queries) {
      out.blank();
      out.line(Style.BOLD, query.fingerprint());
      out.labelled("where", Outline.where(query.endpoint(), query.operation(), query.service()));
      out.labelled("status", query.message() == null ? null : Outline.status(query));
      out.labelledSql("statement", query.text());
    }
  }

  private void input(Report.Input input, Report.Links links) {
    out.heading("What was read");
    out.labelled("input", Outline.read(input));
    out.labelled("links", Outline.hasTraces(input) ? Outline.links(links) : null);
    input.notes().forEach(note -> out.labelled("note", note));
    long rejected = Outline.rejected(input);
    if (rejected == 0) {
      return;
    }
    out.heading("Not read: " + Quantity.count(rejected, "piece"));
    List<Rejection> shown = input.rejected().stream().limit(REJECTIONS_SHOWN).toList();
    for (Rejection rejection : shown) {
      out.labelled("at", rejection.source() + ", " + rejection.place());
      out.labelled("", rejection.reason());
    }
    if (rejected > shown.size()) {
      out.labelled("and", Quantity.count(rejected - shown.size()) + " more");
    }
  }
}
