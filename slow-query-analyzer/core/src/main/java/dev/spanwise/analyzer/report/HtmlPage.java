package dev.spanwise.analyzer.report;

import dev.spanwise.analyzer.report.LogScale.Chart;
import dev.spanwise.analyzer.report.LogScale.Value;
import dev.spanwise.analyzer.report.Report.Advice;
import dev.spanwise.analyzer.report.Report.Comparison;
import dev.spanwise.analyzer.report.Report.EndpointLatency;
import dev.spanwise.analyzer.report.Report.Latency;
import dev.spanwise.analyzer.report.Report.Query;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the templates lay out: the report, with identifiers and charts. */
record HtmlPage(
    Report report,
    Outline outline,
    List<CauseView> causes,
    List<AdviceView> furtherAdvice,
    List<QueryView> queries,
    List<EndpointView> endpoints,
    List<Waterfall> traces,
    Map<String, String> traceAnchors,
    boolean hasPlans,
    BrowserCode code) {

  /** What the index of a plan is called while it is tried out: it says nothing to a reader. */
  private static final Pattern GENERATED_NAME = Pattern.compile("spanwise_what_if_[0-9a-f]+");

  /** Behind a slash within a path. */
  private static final Pattern PATH_BREAK = Pattern.compile("(?<=[^\\s/]/)(?=[^\\s/])");

  /** Between a number and its unit, and between the two parts of "1 min 6 s". */
  private static final Pattern WITHIN_QUANTITY =
      Pattern.compile(
          "(?<=\\d) (?=(?:%|µs|ms|s|min|h|kB|MB|GB)(?![\\p{L}\\p{N}]))"
              + "|(?<=\\d (?:min|h)) (?=\\d)");

  record CauseView(Outline.Cause cause, @Nullable PlanView plan, List<AdviceView> advice) {}

  record AdviceView(String id, Advice advice, List<PlanView> plans) {}

  /** A plan to open: the text for every reader, the JSON for the drawing (null if it is none). */
  record PlanView(String id, String title, String text, @Nullable String json) {}

  record QueryView(Query query, @Nullable Chart chart) {}

  record EndpointView(EndpointLatency latency, Chart chart) {}

  static HtmlPage of(Report report, BrowserCode code) {
    Outline outline = Outline.of(report);
    Numbering numbering = new Numbering();
    List<CauseView> causes =
        outline.causes().stream()
            .map(
                cause ->
                    new CauseView(
                        cause,
                        numbering.plan("The plan that the server executed", cause.finding().plan()),
                        cause.advice().stream().map(numbering::advice).toList()))
            .toList();
    List<Waterfall> traces = Waterfall.of(report.traces());
    return new HtmlPage(
        report,
        outline,
        causes,
        outline.furtherAdvice().stream().map(numbering::advice).toList(),
        queries(report.queries()),
        endpoints(report.comparison()),
        traces,
        anchors(traces),
        numbering.plans > 0,
        code);
  }

  /** Where each trace is shown, and each that links to it. */
  private static Map<String, String> anchors(List<Waterfall> traces) {
    Map<String, String> anchors = new HashMap<>();
    for (Waterfall waterfall : traces) {
      anchors.put(waterfall.trace().traceId(), waterfall.id());
    }
    for (Waterfall waterfall : traces) {
      waterfall
          .trace()
          .spans()
          .forEach(span -> anchors.putIfAbsent(span.traceId(), waterfall.id()));
    }
    return anchors;
  }

  private static List<QueryView> queries(List<Query> queries) {
    LogScale scale =
        LogScale.of(
            queries.stream().flatMap(q -> Stream.of(q.p50Ms(), q.p95Ms(), q.p99Ms(), q.maxMs())));
    return queries.stream().map(query -> new QueryView(query, chart(scale, query))).toList();
  }

  private static @Nullable Chart chart(LogScale scale, Query query) {
    if (query.p50Ms() == null && query.maxMs() == null) {
      return null;
    }
    return scale.chart(
        List.of(
            new Value("p50", query.p50Ms(), false),
            new Value("p95", query.p95Ms(), false),
            new Value("p99", query.p99Ms(), false),
            new Value("max", query.maxMs(), false)));
  }

  private static List<EndpointView> endpoints(@Nullable Comparison comparison) {
    if (comparison == null) {
      return List.of();
    }
    LogScale scale =
        LogScale.of(
            comparison.endpoints().stream()
                .flatMap(endpoint -> Stream.of(endpoint.before(), endpoint.after()))
                .flatMap(HtmlPage::percentiles));
    return comparison.endpoints().stream()
        .map(endpoint -> new EndpointView(endpoint, scale.chart(values(endpoint))))
        .toList();
  }

  private static Stream<@Nullable Double> percentiles(@Nullable Latency latency) {
    return latency == null
        ? Stream.empty()
        : Stream.of(latency.p50Ms(), latency.p95Ms(), latency.p99Ms());
  }

  private static List<Value> values(EndpointLatency endpoint) {
    Latency before = endpoint.before();
    Latency after = endpoint.after();
    return List.of(
        new Value("p50 before", before == null ? null : before.p50Ms(), false),
        new Value("after", after == null ? null : after.p50Ms(), true),
        new Value("p95 before", before == null ? null : before.p95Ms(), false),
        new Value("after", after == null ? null : after.p95Ms(), true),
        new Value("p99 before", before == null ? null : before.p99Ms(), false),
        new Value("after", after == null ? null : after.p99Ms(), true));
  }

  /** Gives each plan and advice an identifier of its own within the page. */
  private static final class Numbering {
    private int plans;
    private int advices;

    AdviceView advice(Advice advice) {
      List<PlanView> views = new ArrayList<>();
      PlanView before = plan("The plan before the change", advice.planBefore());
      PlanView after = plan("The plan after the change", advice.planAfter());
      Stream.of(before, after).filter(view -> view != null).forEach(views::add);
      advices++;
      return new AdviceView("advice-" + advices, advice, views);
    }

    @Nullable PlanView plan(String title, @Nullable String plan) {
      if (plan == null) {
        return null;
      }
      plans++;
      String named = GENERATED_NAME.matcher(plan).replaceAll("the advised index");
      String json = PlanTree.parse(named) == null ? null : BrowserCode.inScript(named);
      return new PlanView("plan-" + plans, title, PlanTree.text(named), json);
    }
  }

  /** A text in pieces between which a line may end: paths break at slashes, quantities do not. */
  static List<String> pieces(String text) {
    return List.of(PATH_BREAK.split(WITHIN_QUANTITY.matcher(text).replaceAll("\u00a0"), -1));
  }

  /** The share of the larger cost, in percent, at least a hair. */
  static double percent(@Nullable Double cost, @Nullable Double other) {
    if (cost == null || !(cost > 0)) {
      return 0;
    }
    double larger = Math.max(cost, other == null ? 0 : other);
    return Math.max(0.4, Math.round(cost / larger * 1000) / 10.0);
  }

  /** The link where it is one that a browser may follow; null otherwise. */
  static @Nullable String link(String docs) {
    return docs.startsWith("https://") || docs.startsWith("http://") ? docs : null;
  }
}
