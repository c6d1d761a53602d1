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
    @Nullable Comparison comparison) {

  public Report {
    queries = List.copyOf(queries);
    findings = List.copyOf(findings);
    advice = List.copyOf(advice);
  }

  /** A report of one recording: nothing was measured before and after a change. */
  public Report(
      String schemaVersion,
      Instant generatedAt,
      Tool tool,
      Input input,
      Links links,
      List<Query> queries,
      List<Finding> findings,
      List<Advice> advice) {
    this(schemaVersion, generatedAt, tool, input, links, queries, findings, advice, null);
  }

  /** This report with what was measured before and after a change. */
  public Report withComparison(Comparison measured) {
    return new Report(
        schemaVersion, generatedAt, tool, input, links, queries, findings, advice, measured);
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
   */
  public record Comparison(String change, List<EndpointLatency> endpoints) {

    public Comparison {
      endpoints = List.copyOf(endpoints);
    }
  }

  /** One endpoint on both sides; a side is null where the endpoint was not called. */
  public record EndpointLatency(
      String endpoint, @Nullable Latency before, @Nullable Latency after) {}

  public record Latency(long requests, double p50Ms, double p95Ms, double p99Ms) {}
}
