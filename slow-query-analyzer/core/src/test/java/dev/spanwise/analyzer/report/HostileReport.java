package dev.spanwise.analyzer.report;

import dev.spanwise.analyzer.input.Rejection;
import dev.spanwise.analyzer.report.Report.Advice;
import dev.spanwise.analyzer.report.Report.Comparison;
import dev.spanwise.analyzer.report.Report.EndpointLatency;
import dev.spanwise.analyzer.report.Report.Evidence;
import dev.spanwise.analyzer.report.Report.Exemplar;
import dev.spanwise.analyzer.report.Report.Finding;
import dev.spanwise.analyzer.report.Report.Latency;
import dev.spanwise.analyzer.report.Report.LinkOf;
import dev.spanwise.analyzer.report.Report.Query;
import dev.spanwise.analyzer.report.Report.SpanLink;
import dev.spanwise.analyzer.report.Report.Trace;
import dev.spanwise.analyzer.report.Report.TraceSpan;
import dev.spanwise.analyzer.report.Report.Verified;
import java.util.List;
import java.util.Map;

/** A report whose every text tries to leave its place. */
final class HostileReport {

  /** The global variable that exists once a planted script ran. */
  static final String MARK = "spanwisePlanted";

  private HostileReport() {}

  /** A text for a field, with the field's name for finding it again. */
  static String text(String field) {
    return field
        + " <script>"
        + MARK
        + "=1</script></script><!--<script>"
        + " <img src=x onerror=\""
        + MARK
        + "=1\"> \"' onfocus='"
        + MARK
        + "=1' autofocus ${7*7} {{7*7}} ]]> \\u003c | ` ``` אבג 📈 @everyone";
  }

  static Report report() {
    String f = "0123456789abcdef";
    String plan =
        "[{\"Plan\": {\"Node Type\": \"Seq Scan\", \"Relation Name\": \"t </script><script>"
            + MARK
            + "=1</script><!-- <img src=x onerror="
            + MARK
            + "=1>\", \"Total Cost\": 1.0, \"Plan Rows\": 1, \"Plan Width\": 4}}]";
    Exemplar exemplar =
        new Exemplar(
            text("traceId"), text("spanId"), 1.0, new LinkOf(text("method"), text("confidence")));
    Query query =
        new Query(
            f,
            text("database"),
            text("statement"),
            text("service"),
            text("operation"),
            text("endpoint"),
            text("status"),
            text("message"),
            1,
            1.0,
            1.0,
            1.0,
            1.0,
            1.0,
            List.of(exemplar));
    Finding finding =
        new Finding(
            text("id"),
            text("rule"),
            text("severity"),
            f,
            text("relation"),
            text("service"),
            text("operation"),
            text("endpoint"),
            text("title"),
            text("explanation"),
            1.0,
            List.of(new Evidence(text("name"), text("value"), text("unit"), text("source"))),
            List.of(exemplar),
            List.of("a"),
            "https://" + text("docs"),
            plan);
    Advice advice =
        new Advice(
            "a",
            text("kind"),
            text("ddl"),
            text("relation"),
            List.of(text("column")),
            text("indexMethod"),
            new Verified(text("by"), text("reason"), 2.0, 1.0),
            1L,
            1.0,
            List.of(f),
            List.of(f),
            plan,
            plan);
    return new Report(
        "1",
        SampleReports.GENERATED,
        new Report.Tool(text("tool"), text("version")),
        new Report.Input(
            1,
            1,
            1,
            1,
            List.of(new Rejection(text("rejected"), text("place"), text("reason"))),
            1,
            List.of(text("note"))),
        new Report.Links(1, 0, 0, 0, Map.of(text("byMethod"), 1L)),
        List.of(query),
        List.of(finding),
        List.of(advice),
        new Comparison(
            text("change"),
            List.of(new EndpointLatency(text("measured"), new Latency(1, 1, 1, 1), null)),
            List.of(text("remaining"))),
        List.of(trace()));
  }

  private static Trace trace() {
    TraceSpan first =
        new TraceSpan(
            text("traceId"),
            "1",
            null,
            text("span name"),
            text("kind"),
            text("service"),
            text("span operation"),
            text("span fingerprint"),
            0.0,
            2.0,
            true,
            List.of(new SpanLink(text("linked"), text("linkedSpan"))),
            1);
    TraceSpan linked =
        new TraceSpan(
            text("other trace"),
            "2",
            text("parent"),
            text("linked name"),
            "consumer",
            text("other service"),
            null,
            null,
            1.0,
            Double.MAX_VALUE,
            false,
            List.of(new SpanLink(text("traceId"), "1")),
            0);
    return new Trace(
        text("traceId"),
        text("trace endpoint"),
        2.0,
        List.of(text("service"), text("other service")),
        3,
        List.of(first, linked));
  }
}
