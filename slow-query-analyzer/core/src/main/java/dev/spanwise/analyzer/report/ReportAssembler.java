package dev.spanwise.analyzer.report;

import dev.spanwise.analyzer.advice.Advice;
import dev.spanwise.analyzer.advice.Proof;
import dev.spanwise.analyzer.input.Rejections;
import dev.spanwise.analyzer.link.Confidence;
import dev.spanwise.analyzer.link.Link;
import dev.spanwise.analyzer.link.Links;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanJson;
import dev.spanwise.analyzer.rule.Diagnosis;
import dev.spanwise.analyzer.rule.Finding;
import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.workload.Query;
import dev.spanwise.analyzer.workload.SlowSpan;
import dev.spanwise.analyzer.workload.Workload;
import dev.spanwise.instrumentation.fingerprint.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Brings the stages' results into the report's shape. Not thread-safe. */
public final class ReportAssembler {

  private static final String SCHEMA_VERSION = "1";
  private static final String RULE_PAGES = "docs/rules/";
  private static final int EXEMPLARS = 5;
  private static final double NANOS_PER_MS = 1e6;

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
        input(workload, links, rejections, notes),
        links(links),
        workload.queries().stream()
            .map(
                query ->
                    query(
                        query, diagnosed.contains(query), diagnosis.unjudged().get(query), bySpan))
            .toList(),
        diagnosis.findings().stream().map(finding -> finding(finding, advice)).toList(),
        advice.stream().map(ReportAssembler::advice).toList());
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
            .map(ReportAssembler::planned)
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
            .map(finding -> finding(finding, advice))
            .toList(),
        advice.stream().map(ReportAssembler::advice).toList());
  }

  /** The statement of a plan that carries its text: one call, of which only the plan was seen. */
  private static Report.Query planned(Diagnosis.OfPlan one) {
    Statement statement = Statement.of(Objects.requireNonNull(one.plan().queryText()));
    boolean unjudged = one.findings().isEmpty() && !one.inconclusive().isEmpty();
    Double executionMs = one.plan().executionMs();
    return new Report.Query(
        statement.id(),
        "postgresql",
        statement.text(),
        null,
        null,
        null,
        unjudged ? "inconclusive" : one.findings().isEmpty() ? "healthy" : "diagnosed",
        unjudged ? String.join("; ", new TreeSet<>(one.inconclusive().values())) : null,
        1,
        executionMs,
        executionMs,
        executionMs,
        executionMs,
        executionMs,
        List.of());
  }

  private static Report.Input input(
      Workload workload, Links links, Rejections rejections, List<String> notes) {
    Set<Long> statements = new HashSet<>();
    workload.queries().forEach(query -> statements.add(query.key().fingerprint()));
    List<String> all = new ArrayList<>(notes);
    if (workload.withoutText() > 0) {
      all.add(
          workload.withoutText()
              + " database spans carry no statement text (db.query.text) and were not grouped");
    }
    if (workload.leftOut() > 0) {
      all.add(
          workload.leftOut()
              + " calls of rarer statements were left out: there are more distinct statements than are kept");
    }
    if (workload.fragments() > 0) {
      all.add(
          workload.fragments()
              + " times a trace was too large to hold and was read in parts: its statements may lack their endpoint");
    }
    long looked = links.links().size() + links.unlinked();
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

  private static Report.Query query(
      Query query, boolean diagnosed, @Nullable String missing, Map<SlowSpan, Link> bySpan) {
    String status = diagnosed ? "diagnosed" : missing == null ? "healthy" : "inconclusive";
    return new Report.Query(
        hex(query.key().fingerprint()),
        query.system().name().toLowerCase(Locale.ROOT),
        query.text(),
        query.key().service(),
        query.key().operation(),
        query.key().endpoint(),
        status,
        missing,
        query.calls(),
        rounded(query.totalMs()),
        rounded(query.p50Ms()),
        rounded(query.p95Ms()),
        rounded(query.p99Ms()),
        rounded(query.maxMs()),
        query.slowest().stream()
            .limit(EXEMPLARS)
            .map(slow -> exemplar(slow, bySpan.get(slow)))
            .toList());
  }

  private static Report.Finding finding(Finding finding, List<Advice> advice) {
    Query query = finding.query();
    Plan plan = finding.plan();
    return new Report.Finding(
        finding.id(),
        finding.rule(),
        finding.severity().name().toLowerCase(Locale.ROOT),
        fingerprint(finding),
        finding.relation() == null ? null : finding.relation().toString(),
        query == null ? null : query.key().service(),
        query == null ? null : query.key().operation(),
        query == null ? null : query.key().endpoint(),
        finding.title(),
        finding.explanation(),
        finding.savedMs() == null ? null : rounded(finding.savedMs()),
        finding.evidence().stream()
            .map(fact -> new Report.Evidence(fact.name(), fact.value(), fact.unit(), fact.source()))
            .toList(),
        exemplars(finding),
        advice.stream()
            .filter(step -> step.findings().contains(finding.id()))
            .map(Advice::id)
            .toList(),
        RULE_PAGES + finding.rule() + ".md",
        plan == null ? null : PlanJson.masked(plan));
  }

  private static @Nullable String fingerprint(Finding finding) {
    if (finding.query() != null) {
      return hex(finding.query().key().fingerprint());
    }
    Plan plan = finding.plan();
    return plan == null || plan.queryText() == null ? null : Statement.of(plan.queryText()).id();
  }

  /**
   * The slow spans whose plans show the cause; for a repeated statement, the requests that repeat
   * it.
   */
  private static List<Report.Exemplar> exemplars(Finding finding) {
    if (!finding.links().isEmpty()) {
      return finding.links().stream()
          .limit(EXEMPLARS)
          .map(link -> exemplar(link.span(), link))
          .toList();
    }
    Query query = finding.query();
    if (query == null || query.repetition() == null) {
      return List.of();
    }
    return query.repetition().worst().stream()
        .map(
            request ->
                new Report.Exemplar(
                    request.traceId().toString(),
                    Span.format(request.requestSpanId()),
                    rounded(request.requestNanos() / NANOS_PER_MS),
                    null))
        .toList();
  }

  private static Report.Exemplar exemplar(SlowSpan slow, @Nullable Link link) {
    Span span = slow.span();
    return new Report.Exemplar(
        span.traceId().toString(),
        Span.format(span.spanId()),
        rounded(span.durationNanos() / NANOS_PER_MS),
        link == null
            ? null
            : new Report.LinkOf(
                link.method().id(), link.confidence().name().toLowerCase(Locale.ROOT)));
  }

  private static Report.Advice advice(Advice advice) {
    Plan before = null;
    Plan after = null;
    Report.Verified verified;
    if (advice.proof() instanceof Proof.Planned planned) {
      before = planned.before();
      after = planned.after();
      verified =
          new Report.Verified(
              planned.by().name().toLowerCase(Locale.ROOT),
              null,
              before.totalCost(),
              after.totalCost());
    } else {
      verified = new Report.Verified("none", ((Proof.None) advice.proof()).reason(), null, null);
    }
    return new Report.Advice(
        advice.id(),
        advice.kind().id(),
        advice.statement(),
        advice.relation() == null ? null : advice.relation().toString(),
        advice.index() == null ? List.of() : advice.index().columns(),
        advice.index() == null ? null : advice.index().method(),
        verified,
        advice.indexBytes(),
        null,
        advice.helps().stream().map(ReportAssembler::hex).toList(),
        advice.harms().stream().map(ReportAssembler::hex).toList(),
        before == null ? null : PlanJson.masked(before),
        after == null ? null : PlanJson.masked(after));
  }

  private static String hex(long fingerprint) {
    return String.format(Locale.ROOT, "%016x", fingerprint);
  }

  private static double rounded(double ms) {
    return Math.round(ms * 1_000) / 1_000.0;
  }
}
