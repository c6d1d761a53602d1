package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.link.Link;
import dev.spanwise.analyzer.link.Links;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.workload.Query;
import dev.spanwise.analyzer.workload.SlowSpan;
import dev.spanwise.analyzer.workload.Workload;
import dev.spanwise.instrumentation.fingerprint.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the rules say of a workload.
 *
 * @param findings the one that would save the most time first
 * @param unjudged for each slow query without a finding, why there is none where something was
 *     missing
 */
public record Diagnosis(List<Finding> findings, Map<Query, String> unjudged) {

  private static final double NANOS_PER_MS = 1e6;

  public Diagnosis {
    findings = List.copyOf(findings);
    unjudged = Map.copyOf(unjudged);
  }

  /**
   * Examines a workload.
   *
   * @param catalogue the database's catalogue; null where no database was named
   */
  public static Diagnosis of(Workload workload, Links links, @Nullable Catalogue catalogue) {
    Map<SlowSpan, Link> bySpan = links.bySpan();
    List<Finding> findings = new ArrayList<>();
    Map<Query, String> unjudged = new LinkedHashMap<>();
    for (Query query : workload.queries()) {
      List<Link> own = query.slowest().stream().map(bySpan::get).filter(Objects::nonNull).toList();
      List<Finding> ofPlans = ofPlans(query, own, catalogue);
      List<Finding> ofCalls = ofCalls(query, workload.slowerThanNanos() / NANOS_PER_MS);
      findings.addAll(ofPlans);
      findings.addAll(ofCalls);
      if (ofPlans.isEmpty() && ofCalls.isEmpty() && query.slowCalls() > 0) {
        unjudged.put(query, missing(own, catalogue));
      }
    }
    findings.sort(
        Comparator.comparing((Finding finding) -> finding.savedMs() == null ? 0 : finding.savedMs())
            .reversed()
            .thenComparing(Finding::id));
    return new Diagnosis(findings, unjudged);
  }

  /**
   * What the rules say of one plan without a workload.
   *
   * @param inconclusive by rule, what it would have needed
   */
  public record OfPlan(Plan plan, List<Finding> findings, Map<String, String> inconclusive) {
    public OfPlan {
      findings = List.copyOf(findings);
      inconclusive = Map.copyOf(inconclusive);
    }
  }

  /**
   * Examines one plan.
   *
   * @param catalogue the database's catalogue; null where no database was named
   */
  public static OfPlan of(Plan plan, @Nullable Catalogue catalogue) {
    PlanDiagnosis diagnosis = PlanDiagnosis.of(plan, catalogue);
    double executionMs = plan.executionMs() == null ? 0 : plan.executionMs();
    List<Finding> findings =
        diagnosis.causes().stream()
            .map(
                cause ->
                    new Finding(
                        StableId.of(cause.rule(), cause.relation(), fingerprint(plan)),
                        cause.rule(),
                        Severity.of(executionMs * cause.timeShare()),
                        null,
                        cause.relation(),
                        cause.title(),
                        cause.explanation(),
                        null,
                        cause.evidence(),
                        List.of(),
                        plan,
                        cause.node(),
                        cause.remedy()))
            .toList();
    return new OfPlan(plan, findings, diagnosis.inconclusive());
  }

  /** Fingerprint of the statement that a plan carries; null where it carries none. */
  private static @Nullable String fingerprint(Plan plan) {
    return plan.queryText() == null ? null : Statement.of(plan.queryText()).id();
  }

  private static List<Finding> ofPlans(
      Query query, List<Link> links, @Nullable Catalogue catalogue) {
    Map<String, Finding> byId = new LinkedHashMap<>();
    for (Link link : links) {
      if (link.plan() != null) {
        Plan plan = link.plan().plan();
        for (Cause cause : PlanDiagnosis.of(plan, catalogue).causes()) {
          Finding finding = finding(cause, query, link, plan);
          byId.merge(finding.id(), finding, Diagnosis::withLinksOf);
        }
      }
    }
    return List.copyOf(byId.values());
  }

  private static Finding finding(Cause cause, Query query, Link link, Plan plan) {
    double slowMs = query.p95Ms() * cause.timeShare();
    return new Finding(
        StableId.of(cause.rule(), cause.relation(), query.key()),
        cause.rule(),
        Severity.of(slowMs),
        query,
        cause.relation(),
        cause.title(),
        cause.explanation(),
        query.totalMs() * cause.timeShare(),
        cause.evidence(),
        List.of(link),
        plan,
        cause.node(),
        cause.remedy());
  }

  /** The same cause seen in a further plan: the first, of the slowest span, tells the story. */
  private static Finding withLinksOf(Finding first, Finding further) {
    List<Link> links = new ArrayList<>(first.links());
    links.addAll(further.links());
    return new Finding(
        first.id(),
        first.rule(),
        first.severity(),
        first.query(),
        first.relation(),
        first.title(),
        first.explanation(),
        first.savedMs(),
        first.evidence(),
        links,
        first.plan(),
        first.node(),
        first.remedy());
  }

  private static List<Finding> ofCalls(Query query, double slowerThanMs) {
    List<Finding> findings = new ArrayList<>();
    for (QueryRule rule : RuleCatalogue.QUERY_RULES) {
      if (rule.examine(query, slowerThanMs) instanceof QueryVerdict.Found found) {
        findings.add(
            new Finding(
                StableId.of(found.rule(), null, query.key()),
                found.rule(),
                Severity.of(found.lostMs()),
                query,
                null,
                found.title(),
                found.explanation(),
                found.savedMs(),
                found.evidence(),
                List.of(),
                null,
                null,
                found.remedy()));
      }
    }
    return findings;
  }

  private static String missing(List<Link> links, @Nullable Catalogue catalogue) {
    if (links.isEmpty()) {
      return "no executed plan is linked to any slow call: the server log has none for it (auto_explain), or the spans have no postgresql.pid";
    }
    TreeSet<String> missing = new TreeSet<>();
    for (Link link : links) {
      if (link.plan() != null) {
        missing.addAll(PlanDiagnosis.of(link.plan().plan(), catalogue).inconclusive().values());
      }
    }
    if (links.stream().allMatch(link -> link.plan() == null)) {
      return "every link of a slow call is ambiguous";
    }
    return missing.isEmpty()
        ? "the plans of its slow calls were examined, and no rule names a cause"
        : String.join("; ", missing);
  }
}
