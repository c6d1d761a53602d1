package dev.spanwise.analyzer.report;

import dev.spanwise.analyzer.advice.Advice;
import dev.spanwise.analyzer.input.Rejections;
import dev.spanwise.analyzer.link.Confidence;
import dev.spanwise.analyzer.link.Link;
import dev.spanwise.analyzer.link.Links;
import dev.spanwise.analyzer.rule.Diagnosis;
import dev.spanwise.analyzer.trace.DatabaseSystem;
import dev.spanwise.analyzer.workload.Query;
import dev.spanwise.analyzer.workload.SlowSpan;
import dev.spanwise.analyzer.workload.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Brings the stages' results into the report's shape. Not thread-safe. */
public final class ReportAssembler {

  private static final String SCHEMA_VERSION = "1";

  private final Instant generatedAt;
  private final String version;

  /**
   * @param generatedAt the report's time
   * @param version Spanwise's version
   */
  public ReportAssembler(Instant generatedAt, String version) {
    this.generatedAt = generatedAt;
    this.version = version;
  }

  /**
   * Assembles a report.
   *
   * @param notes what else limits the analysis, in words
   */
  public Report assemble(
      Workload workload,
      Links links,
      Diagnosis diagnosis,
      List<Advice> advice,
      Rejections rejections,
      List<String> notes) {
    Map<SlowSpan, Link> bySpan = links.bySpan();
    Set<Query> diagnosed =
        diagnosis.findings().stream()
            .flatMap(finding -> Stream.ofNullable(finding.query()))
            .collect(Collectors.toSet());
    return new Report(
        SCHEMA_VERSION,
        generatedAt,
        new Report.Tool("spanwise", version),
        input(
            workload,
            links,
            rejections,
            Stream.concat(notes.stream(), diagnosis.notes().stream()).toList()),
        links(links),
        workload.queries().stream()
            .map(
                query ->
                    ReportEntries.query(
                        query,
                        diagnosed.contains(query),
                        diagnosis.unjudged().get(query),
                        diagnosis.refusals().get(query),
                        bySpan))
            .toList(),
        diagnosis.findings().stream()
            .map(finding -> ReportEntries.finding(finding, advice))
            .toList(),
        advice.stream().map(ReportEntries::advice).toList(),
        null,
        workload.traces().stream().map(ReportTraces::trace).toList());
  }

  /**
   * Assembles the report of plans without a workload.
   *
   * @param notes what else limits the analysis, in words
   */
  public Report assemble(
      List<Diagnosis.OfPlan> diagnoses,
      List<Advice> advice,
      Rejections rejections,
      List<String> notes) {
    List<String> all = new ArrayList<>(notes);
    diagnoses.forEach(
        one ->
            new TreeMap<>(one.inconclusive())
                .forEach(
                    (rule, missing) -> all.add(rule + " could not judge; missing: " + missing)));
    List<Report.Query> queries =
        diagnoses.stream()
            .filter(one -> one.plan().queryText() != null)
            .map(ReportEntries::planned)
            .toList();
    return new Report(
        SCHEMA_VERSION,
        generatedAt,
        new Report.Tool("spanwise", version),
        new Report.Input(
            0, 0, diagnoses.size(), queries.size(), rejections.first(), rejections.count(), all),
        new Report.Links(0, 0, 0, 0, Map.of()),
        queries,
        diagnoses.stream()
            .flatMap(one -> one.findings().stream())
            .map(finding -> ReportEntries.finding(finding, advice))
            .toList(),
        advice.stream().map(ReportEntries::advice).toList());
  }

  private static Report.Input input(
      Workload workload, Links links, Rejections rejections, List<String> notes) {
    Set<Long> statements = new HashSet<>();
    workload.queries().forEach(query -> statements.add(query.key().fingerprint()));
    List<String> all = new ArrayList<>(notes);
    List<SlowSpan> linkable =
        workload.queries().stream()
            .filter(query -> query.system() == DatabaseSystem.POSTGRESQL)
            .flatMap(query -> query.slowest().stream())
            .toList();
    if (!linkable.isEmpty() && linkable.stream().noneMatch(SlowSpan::hasBackendPid)) {
      all.add(
          "none of the "
              + Quantity.count(linkable.size())
              + " slow spans that were looked at carries postgresql.pid: a plan is linked only where a traceparent names its span, or where statement and duration leave no choice");
    }
    if (workload.withoutText() > 0) {
      all.add(
          Quantity.count(workload.withoutText(), "database span")
              + " had no statement text (db.query.text) and could not be grouped");
    }
    if (workload.leftOut() > 0) {
      all.add(
          Quantity.count(workload.leftOut(), "call")
              + " of further statements left out: there are more distinct statements than are kept");
    }
    if (workload.fragments() > 0) {
      all.add(
          Quantity.count(workload.fragments(), "time")
              + " a trace was too large to hold and was read in parts: its statements may lack their endpoint");
    }
    long looked = links.ofSlowSpans().count() + links.unlinked();
    if (looked < workload.slowSpans()) {
      all.add(
          "links were sought for the "
              + looked
              + " slowest of "
              + workload.slowSpans()
              + " slow spans");
    }
    return new Report.Input(
        workload.spans(),
        workload.slowSpans(),
        links.plans(),
        statements.size(),
        rejections.first(),
        rejections.count(),
        all);
  }

  private static Report.Links links(Links links) {
    Map<String, Long> byMethod = new TreeMap<>();
    links.byMethod().forEach((method, count) -> byMethod.put(method.id(), count));
    return new Report.Links(
        links.count(Confidence.EXACT),
        links.count(Confidence.PROBABLE),
        links.count(Confidence.AMBIGUOUS),
        links.unlinked(),
        byMethod);
  }
}
