package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.StatementStatistics;
import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.link.Link;
import dev.spanwise.analyzer.link.Links;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.StatementPlanner.Answer;
import dev.spanwise.analyzer.plan.StatementPlanner.Refusal;
import dev.spanwise.analyzer.workload.ConnectionWaits;
import dev.spanwise.analyzer.workload.Query;
import dev.spanwise.analyzer.workload.Repetition;
import dev.spanwise.analyzer.workload.SlowSpan;
import dev.spanwise.analyzer.workload.SlowedRequests;
import dev.spanwise.analyzer.workload.Workload;
import dev.spanwise.instrumentation.fingerprint.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the rules say of a workload.
 *
 * @param findings the one that would save the most time first
 * @param unjudged for each slow query without a finding, why there is none where something was
 *     missing
 * @param refusals of these, the ones that the server would not plan either
 * @param notes what could not be judged of no single query, in words
 */
public record Diagnosis(
    List<Finding> findings,
    Map<Query, String> unjudged,
    Map<Query, Refusal> refusals,
    List<String> notes) {

  private static final double NANOS_PER_MS = 1e6;

  private static final Comparator<Finding> MOST_SAVED_FIRST =
      Comparator.comparing((Finding finding) -> finding.savedMs() == null ? 0 : finding.savedMs())
          .reversed()
          .thenComparing(Finding::id);

  public Diagnosis {
    findings = findings.stream().sorted(MOST_SAVED_FIRST).toList();
    unjudged = Map.copyOf(unjudged);
    refusals = Map.copyOf(refusals);
    notes = notes.stream().sorted().toList();
  }

  /** The same of other findings. */
  public Diagnosis with(List<Finding> others) {
    return new Diagnosis(others, unjudged, refusals, notes);
  }

  /**
   * Examines a workload.
   *
   * @param catalogue the database's catalogue; null where no database was named
   */
  public static Diagnosis of(Workload workload, Links links, @Nullable Catalogue catalogue) {
    return of(workload, links, catalogue, Map.of());
  }

  /**
   * Examines a workload.
   *
   * @param catalogue the database's catalogue; null where no database was named
   * @param planned by fingerprint, how the server would execute statements of which no executed
   *     plan is linked; empty where it was not asked
   */
  public static Diagnosis of(
      Workload workload, Links links, @Nullable Catalogue catalogue, Map<Long, Answer> planned) {
    Map<SlowSpan, Link> bySpan = links.bySpan();
    List<Finding> findings = new ArrayList<>();
    Map<Query, String> unjudged = new LinkedHashMap<>();
    Map<Query, Refusal> refusals = new LinkedHashMap<>();
    double slowerThanMs = workload.slowerThanNanos() / NANOS_PER_MS;
    for (Query query : workload.queries()) {
      List<Link> own =
          Stream.concat(query.slowest().stream(), query.repeated().stream())
              .map(bySpan::get)
              .filter(Objects::nonNull)
              .toList();
      CallDiagnosis ofCalls =
          CallDiagnosis.of(new QuerySubject(query, own, counted(query, catalogue), slowerThanMs));
      List<Finding> ofQuery =
          new ArrayList<>(
              RepeatedCause.join(
                  query, own, ofExecutions(query, own, catalogue), ofCalls.findings()));
      Answer answer = planned.get(query.key().fingerprint());
      LivePlanDiagnosis live =
          answer == null ? null : LivePlanDiagnosis.of(query, answer, catalogue);
      if (live != null) {
        ofQuery.addAll(live.findings());
      }
      findings.addAll(ofQuery);
      if (ofQuery.isEmpty() && query.slowCalls() > 0) {
        String missing = missing(query, links, own, catalogue, ofCalls.inconclusive());
        unjudged.put(query, live == null ? missing : missing + "; " + live.said());
        if (answer instanceof Answer.Refused refused) {
          refusals.put(query, refused.refusal());
        }
      }
    }
    List<String> notes = new ArrayList<>();
    if (catalogue != null) {
      CatalogueDiagnosis ofCatalogue = CatalogueDiagnosis.of(catalogue, findings);
      findings.addAll(ofCatalogue.findings());
      notes.addAll(ofCatalogue.notes());
    }
    for (ConnectionWaits waits : workload.connectionWaits()) {
      CallDiagnosis ofRequests = CallDiagnosis.of(waits, slowerThanMs);
      findings.addAll(ofRequests.findings());
      ofRequests.inconclusive().forEach(missing -> notes.add("not known: " + missing));
    }
    return new Diagnosis(findings, unjudged, refusals, notes);
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

    /** The same of those of {@code others} that stand for findings of this plan. */
    public OfPlan with(List<Finding> others) {
      Set<String> own = findings.stream().map(Finding::id).collect(Collectors.toSet());
      return new OfPlan(
          plan, others.stream().filter(other -> own.contains(other.id())).toList(), inconclusive);
    }
  }

  /**
   * Examines the plans of one input, each by itself.
   *
   * @param catalogue the database's catalogue; null where no database was named
   */
  public static List<OfPlan> of(List<Plan> plans, @Nullable Catalogue catalogue) {
    List<OfPlan> all = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (Plan plan : plans) {
      String fingerprint = fingerprint(plan);
      // A statement that was explained twice has findings of its own each time.
      int before = seen.merge(fingerprint == null ? "" : fingerprint, 1, Integer::sum) - 1;
      all.add(of(plan, catalogue, before == 0 ? fingerprint : fingerprint + "#" + before));
    }
    return all;
  }

  /**
   * Examines one plan.
   *
   * @param catalogue the database's catalogue; null where no database was named
   */
  public static OfPlan of(Plan plan, @Nullable Catalogue catalogue) {
    return of(plan, catalogue, fingerprint(plan));
  }

  private static OfPlan of(Plan plan, @Nullable Catalogue catalogue, @Nullable String whose) {
    PlanDiagnosis diagnosis = PlanDiagnosis.of(plan, catalogue);
    double executionMs = diagnosis.executionMs() == null ? 0 : diagnosis.executionMs();
    List<Finding> findings =
        diagnosis.causes().stream()
            .map(
                cause ->
                    new Finding(
                        id(cause, whose),
                        cause.rule(),
                        Severity.of(executionMs * cause.curableShare()),
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

  /** What the plans and the log show, the costliest first. */
  private static List<Finding> ofExecutions(
      Query query, List<Link> links, @Nullable Catalogue catalogue) {
    LoggedCalls calls = LoggedCalls.of(query, links);
    List<Finding> findings = new ArrayList<>(calls.findings(explainableMs(query)));
    findings.addAll(ofPlans(query, links, catalogue, calls));
    findings.sort(MOST_SAVED_FIRST);
    return findings;
  }

  private static List<Finding> ofPlans(
      Query query, List<Link> links, @Nullable Catalogue catalogue, LoggedCalls calls) {
    Map<String, List<SlowCause>> byId = new LinkedHashMap<>();
    double examinedMs = 0;
    for (Link link : links) {
      if (link.plan() == null) {
        continue;
      }
      Plan plan = link.plan().plan();
      double spanMs = link.span().span().durationNanos() / NANOS_PER_MS;
      examinedMs += spanMs;
      PlanDiagnosis diagnosis = PlanDiagnosis.of(plan, catalogue);
      double executedMs = executedMs(link, link.plan(), diagnosis);
      for (Cause cause : diagnosis.causes()) {
        double explainedMs = cause.timeShare() * executedMs;
        // What takes a small part of the span does not explain why it was slow.
        if (!calls.explain(link, cause) && explainedMs >= Thresholds.EXPLAINS_SHARE * spanMs) {
          byId.computeIfAbsent(id(cause, query.key()), id -> new ArrayList<>())
              .add(
                  new SlowCause(
                      cause, link, plan, Math.min(spanMs, cause.curableShare() * executedMs)));
        }
      }
    }
    List<Finding> findings = new ArrayList<>();
    for (Map.Entry<String, List<SlowCause>> seen : byId.entrySet()) {
      findings.add(finding(seen.getKey(), query, seen.getValue(), examinedMs));
    }
    return findings;
  }

  /** A cause in the plan of one slow span, and what its cure would have saved that span. */
  private record SlowCause(Cause cause, Link link, Plan plan, double lostMs) {}

  /** Time of what the server executed for a span: of a batch, all of it. */
  private static double executedMs(Link link, ExecutedPlan executed, PlanDiagnosis diagnosis) {
    if (link.executions() > 1) {
      return link.executedNanos() / NANOS_PER_MS;
    }
    // auto_explain's duration holds the sending of the rows, which no share of the plan is of.
    Double measured = diagnosis.executionMs();
    return measured == null ? executed.durationNanos() / NANOS_PER_MS : measured;
  }

  private static String id(Cause cause, @Nullable Object whose) {
    return StableId.of(cause.rule(), cause.relation(), cause.columns(), whose);
  }

  /**
   * One finding for a cause that several plans of a query may show: the slowest span tells the
   * story.
   *
   * @param examinedMs time of all spans of the query whose plans were examined
   */
  private static Finding finding(String id, Query query, List<SlowCause> seen, double examinedMs) {
    SlowCause slowest = seen.get(0);
    double lostMs = seen.stream().mapToDouble(SlowCause::lostMs).sum();
    Cause cause = slowest.cause();
    return new Finding(
        id,
        cause.rule(),
        Severity.of(lostOfARequest(query, seen)),
        query,
        cause.relation(),
        cause.title(),
        cause.explanation(),
        // The examined spans stand for all slow ones; what the quick ones lose is not known.
        explainableMs(query) * lostMs / examinedMs,
        cause.evidence(),
        seen.stream().map(SlowCause::link).toList(),
        slowest.plan(),
        cause.node(),
        cause.remedy());
  }

  /** What a cause costs a call that shows it, or the request that makes many such calls. */
  private static double lostOfARequest(Query query, List<SlowCause> seen) {
    double lostMs = seen.stream().mapToDouble(SlowCause::lostMs).sum();
    SlowedRequests slowed = query.slowed();
    if (slowed == null) {
      return lostMs / seen.size();
    }
    double spansMs =
        seen.stream().mapToDouble(one -> one.link().span().span().durationNanos()).sum()
            / NANOS_PER_MS;
    double callsMs = slowed.callNanos() / NANOS_PER_MS / slowed.requests();
    return Math.max(lostMs / seen.size(), callsMs * lostMs / spansMs);
  }

  /** Time of the calls that are slow, by themselves or by their repetition. */
  private static double explainableMs(Query query) {
    Repetition repetition = query.anyRepetition();
    double repeatedMs =
        repetition == null || query.repeated().isEmpty()
            ? 0
            : repetition.callNanos() / NANOS_PER_MS;
    return Math.max(query.slowMs(), repeatedMs);
  }

  private static @Nullable StatementStatistics counted(Query query, @Nullable Catalogue catalogue) {
    return catalogue == null ? null : catalogue.statement(query.key().fingerprint()).orElse(null);
  }

  private static String missing(
      Query query,
      Links all,
      List<Link> links,
      @Nullable Catalogue catalogue,
      List<String> ofCalls) {
    if (links.isEmpty()) {
      return WithoutPlan.reason(query, all);
    }
    TreeSet<String> missing = new TreeSet<>(ofCalls);
    boolean planned = false;
    boolean elsewhere = true;
    for (Link link : links) {
      ExecutedPlan executed = link.plan();
      if (executed != null) {
        PlanDiagnosis diagnosis = PlanDiagnosis.of(executed.plan(), catalogue);
        missing.addAll(diagnosis.inconclusive().values());
        planned = true;
        elsewhere &=
            executedMs(link, executed, diagnosis)
                < Thresholds.EXPLAINS_SHARE * link.span().span().durationNanos() / NANOS_PER_MS;
      }
    }
    if (!planned) {
      return WithoutPlan.reason(links);
    }
    if (!missing.isEmpty()) {
      return String.join("; ", missing);
    }
    return elsewhere
        ? "the server executed its slow calls quickly: their time passed outside the executor, such as in waiting for a lock, for the network or for a busy client"
        : "the plans of its slow calls were examined, and no rule names a cause";
  }
}
