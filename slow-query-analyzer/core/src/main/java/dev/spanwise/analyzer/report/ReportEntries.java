package dev.spanwise.analyzer.report;

import dev.spanwise.analyzer.advice.Advice;
import dev.spanwise.analyzer.advice.Proof;
import dev.spanwise.analyzer.link.Link;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanJson;
import dev.spanwise.analyzer.plan.StatementPlanner.Refusal;
import dev.spanwise.analyzer.rule.Diagnosis;
import dev.spanwise.analyzer.rule.Finding;
import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.workload.Query;
import dev.spanwise.analyzer.workload.SlowSpan;
import dev.spanwise.instrumentation.fingerprint.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The entries of a report: one query, one finding, one advice. */
final class ReportEntries {

  private static final String RULE_PAGES = "docs/rules/";
  private static final int EXEMPLARS = 5;
  private static final double NANOS_PER_MS = 1e6;

  private ReportEntries() {}

  /** The statement of a plan that carries its text: one call, of which only the plan was seen. */
  static Report.Query planned(Diagnosis.OfPlan one) {
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

  static Report.Query query(
      Query query,
      boolean diagnosed,
      @Nullable String missing,
      @Nullable Refusal refusal,
      Map<SlowSpan, Link> bySpan) {
    String unjudged = refusal == null ? "inconclusive" : refusal.name().toLowerCase(Locale.ROOT);
    String status = diagnosed ? "diagnosed" : missing == null ? "healthy" : unjudged;
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

  static Report.Finding finding(Finding finding, List<Advice> advice) {
    Query query = finding.query();
    Finding.Requests requests = finding.requests();
    Plan plan = finding.plan();
    return new Report.Finding(
        finding.id(),
        finding.rule(),
        finding.severity().name().toLowerCase(Locale.ROOT),
        fingerprint(finding),
        finding.relation() == null ? null : finding.relation().toString(),
        query == null ? requests == null ? null : requests.service() : query.key().service(),
        query == null ? null : query.key().operation(),
        query == null ? requests == null ? null : requests.endpoint() : query.key().endpoint(),
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
    if (finding.requests() == null) {
      return List.of();
    }
    return finding.requests().worst().stream()
        .map(
            request ->
                new Report.Exemplar(
                    request.traceId().toString(),
                    Span.format(request.requestSpanId()),
                    rounded(request.requestNanos() / NANOS_PER_MS),
                    null))
        .toList();
  }

  static Report.Exemplar exemplar(SlowSpan slow, @Nullable Link link) {
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

  static Report.Advice advice(Advice advice) {
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
      String reason =
          advice.proof() instanceof Proof.Refuted refuted
              ? refuted.reason()
              : ((Proof.None) advice.proof()).reason();
      verified = new Report.Verified("none", reason, null, null);
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
        advice.helps().stream().map(ReportEntries::hex).toList(),
        advice.harms().stream().map(ReportEntries::hex).toList(),
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
