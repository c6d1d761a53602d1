package dev.spanwise.analyzer.report;

import dev.spanwise.analyzer.input.Rejection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The report, in the shape of {@code report.schema.json}, version 1: times in milliseconds, sizes
 * in bytes, costs in planner units, ratios 0 to 1. It holds no literal of any statement. Immutable.
 *
 * @param comparison what was measured before and after the advice was carried out; null where the
 *     report is of one recording
 * @param traces an example for each endpoint, the one through most parts first
 */
public record Report(
    String schemaVersion,
    Instant generatedAt,
    Tool tool,
    Input input,
    Links links,
    List<Query> queries,
    List<Finding> findings,
    List<Advice> advice,
    @Nullable Comparison comparison,
    List<Trace> traces) {

  public Report {
    queries = List.copyOf(queries);
    findings = List.copyOf(findings);
    advice = List.copyOf(advice);
    traces = List.copyOf(traces);
  }

  /** A report without traces, and of one recording: nothing was measured before and after. */
  public Report(
      String schemaVersion,
      Instant generatedAt,
      Tool tool,
      Input input,
      Links links,
      List<Query> queries,
      List<Finding> findings,
      List<Advice> advice) {
    this(
        schemaVersion, generatedAt, tool, input, links, queries, findings, advice, null, List.of());
  }

  /** This report with what was measured before and after a change. */
  public Report withComparison(Comparison measured) {
    return new Report(
        schemaVersion,
        generatedAt,
        tool,
        input,
        links,
        queries,
        findings,
        advice,
        measured,
        traces);
  }

  public record Tool(String name, String version) {}

  /**
   * What was read.
   *
   * @param spans spans read
   * @param slowSpans database client spans at or above the threshold
   * @param plans executed plans read
   * @param statements distinct statement shapes
   * @param rejected every piece that could not be used (the first thousand)
   * @param rejectedCount how many pieces could not be used
   * @param notes what else limits the analysis, in words
   */
  public record Input(
      long spans,
      long slowSpans,
      long plans,
      long statements,
      List<Rejection> rejected,
      long rejectedCount,
      List<String> notes) {

    public Input {
      rejected = List.copyOf(rejected);
      notes = List.copyOf(notes);
    }
  }

  public record Links(
      long exact, long probable, long ambiguous, long unlinked, Map<String, Long> byMethod) {

    public Links {
      byMethod = Map.copyOf(byMethod);
    }
  }

  public record Query(
      String fingerprint,
      String database,
      String text,
      @Nullable String service,
      @Nullable String operation,
      @Nullable String endpoint,
      String status,
      @Nullable String message,
      long calls,
      @Nullable Double totalMs,
      @Nullable Double p50Ms,
      @Nullable Double p95Ms,
      @Nullable Double p99Ms,
      @Nullable Double maxMs,
      List<Exemplar> exemplars) {

    public Query {
      exemplars = List.copyOf(exemplars);
    }
  }

  public record Exemplar(String traceId, String spanId, double durationMs, @Nullable LinkOf link) {}

  public record LinkOf(String method, String confidence) {}

  /**
   * A cause.
   *
   * @param plan the linked executed plan in EXPLAIN's JSON form, literals masked; null where the
   *     evidence is no plan
   */
  public record Finding(
      String id,
      String rule,
      String severity,
      @Nullable String fingerprint,
      @Nullable String relation,
      @Nullable String service,
      @Nullable String operation,
      @Nullable String endpoint,
      String title,
      String explanation,
      @Nullable Double savedMs,
      List<Evidence> evidence,
      List<Exemplar> exemplars,
      List<String> advice,
      String docs,
      @Nullable String plan) {

    public Finding {
      evidence = List.copyOf(evidence);
      exemplars = List.copyOf(exemplars);
      advice = List.copyOf(advice);
    }
  }

  /**
   * A fact behind a finding.
   *
   * @param value a number or a text
   * @param unit UCUM: {@code 1}, {@code ms}, {@code By}, {@code {row}}, {@code {call}}
   * @param source JSON pointer into the plan, span id or catalogue column
   */
  public record Evidence(String name, Object value, String unit, String source) {}

  /**
   * What to do.
   *
   * @param planBefore the plan without the change, EXPLAIN's JSON form, literals masked; null where
   *     it was not planned
   * @param planAfter the plan with the change; null where it was not planned
   */
  public record Advice(
      String id,
      String kind,
      String statement,
      @Nullable String relation,
      List<String> columns,
      @Nullable String indexMethod,
      Verified verified,
      @Nullable Long estimatedBytes,
      @Nullable Double writeCost,
      List<String> helps,
      List<String> harms,
      @Nullable String planBefore,
      @Nullable String planAfter) {

    public Advice {
      columns = List.copyOf(columns);
      helps = List.copyOf(helps);
      harms = List.copyOf(harms);
    }
  }

  public record Verified(
      String by,
      @Nullable String reason,
      @Nullable Double costBefore,
      @Nullable Double costAfter) {}

  /**
   * Latency measured before and after a change, under the same load.
   *
   * @param change what was changed in between, in words or as DDL
   * @param remaining what a diagnosis after the change found, a line each
   */
  public record Comparison(String change, List<EndpointLatency> endpoints, List<String> remaining) {

    public Comparison {
      endpoints = List.copyOf(endpoints);
      remaining = List.copyOf(remaining);
    }

    /** How much {@code remaining} is, in words. */
    public String diagnosedAgain() {
      return switch (remaining.size()) {
        case 0 -> "Diagnosed again: no findings.";
        case 1 -> "Diagnosed again: 1 finding remains.";
        default -> "Diagnosed again: " + remaining.size() + " findings remain.";
      };
    }
  }

  /** One endpoint on both sides; a side is null where the endpoint was not called. */
  public record EndpointLatency(
      String endpoint, @Nullable Latency before, @Nullable Latency after) {}

  public record Latency(long requests, double p50Ms, double p95Ms, double p99Ms) {}

  /**
   * A whole trace, as an example of what a request to its endpoint sets off.
   *
   * @param endpoint route of its first request, or the name of its first span
   * @param durationMs from the first start to the last end of the spans that are shown
   * @param services in the order in which they come in
   * @param spansOmitted spans that are not shown
   * @param spans in order of their start
   */
  public record Trace(
      String traceId,
      String endpoint,
      double durationMs,
      List<String> services,
      long spansOmitted,
      List<TraceSpan> spans) {

    public Trace {
      services = List.copyOf(services);
      spans = List.copyOf(spans);
    }
  }

  /**
   * A span of a trace.
   *
   * @param traceId the trace, or that of another trace which links to it
   * @param parentSpanId null where it has no parent; the parent need not be among the spans
   * @param name the name, for a database span the normalised statement or the command
   * @param kind {@code server}, {@code client}, {@code producer}, {@code consumer}, {@code
   *     internal} or {@code unspecified}
   * @param operation the named read, or what it did with a message
   * @param fingerprint the statement's, for a database span that has one
   * @param startOffsetMs from the trace's first start
   * @param links the spans that it names, the first of them
   * @param linksOmitted how many more there were
   */
  public record TraceSpan(
      String traceId,
      String spanId,
      @Nullable String parentSpanId,
      String name,
      String kind,
      @Nullable String service,
      @Nullable String operation,
      @Nullable String fingerprint,
      double startOffsetMs,
      double durationMs,
      boolean error,
      List<SpanLink> links,
      int linksOmitted) {

    public TraceSpan {
      links = List.copyOf(links);
    }
  }

  public record SpanLink(String traceId, String spanId) {}
}
