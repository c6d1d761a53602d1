package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.link.Link;
import dev.spanwise.analyzer.workload.Query;
import dev.spanwise.analyzer.workload.Repetition;
import dev.spanwise.analyzer.workload.SlowedRequests;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings together what the plans of a statement show and how requests call it: a slow statement
 * that a request runs many times is one cause, not two.
 */
final class RepeatedCause {

  private static final double NANOS_PER_MS = 1e6;

  /** From this share of what the repetition costs on, the plan is the cause of it. */
  private static final double MAIN_PART = 0.5;

  /** As many times longer than the average repeated call, a call is an exception among them. */
  private static final double EXCEPTION = 2;

  private RepeatedCause() {}

  /**
   * All findings of one query.
   *
   * @param links those of its spans that were examined
   * @param ofExecutions what its plans and the log show, the costliest first
   * @param ofCalls what its calls show
   */
  static List<Finding> join(
      Query query, List<Link> links, List<Finding> ofExecutions, List<Finding> ofCalls) {
    List<Finding> all = new ArrayList<>();
    ofExecutions.forEach(finding -> all.add(inRequests(finding, query)));
    List<Finding> others = new ArrayList<>(ofCalls);
    Repetition repetition = query.anyRepetition();
    Optional<Finding> repeated =
        repetition == null
            ? Optional.empty()
            : ofExecutions.stream()
                .filter(finding -> isOfEachCall(finding, links, repetition))
                .findFirst();
    Optional<Finding> repeats = others.stream().filter(RepeatedCause::isRepetition).findFirst();
    if (repetition != null && repeated.isPresent() && repeats.isPresent()) {
      others.remove(repeats.get());
      all.set(ofExecutions.indexOf(repeated.get()), one(repeated.get(), repeats.get(), repetition));
    }
    all.addAll(others);
    return all;
  }

  /**
   * Whether a plan's finding is likely one of each repeated call: most plans that were examined
   * show it, and so does a call that is no exception. What the log tells is of one call alone.
   */
  private static boolean isOfEachCall(Finding finding, List<Link> links, Repetition repetition) {
    long examined = links.stream().filter(link -> link.plan() != null).count();
    double averageNanos = (double) repetition.callNanos() / repetition.calls();
    return finding.plan() != null
        && 2L * finding.links().size() > examined
        && finding.links().stream()
            .anyMatch(link -> link.span().span().durationNanos() <= EXCEPTION * averageNanos);
  }

  private static boolean isRepetition(Finding finding) {
    return finding.requests() != null;
  }

  /** The finding, with what the statement takes of the requests that it slows down. */
  private static Finding inRequests(Finding finding, Query query) {
    SlowedRequests slowed = query.slowed();
    if (slowed == null) {
      return finding;
    }
    String average = "spans, on average";
    double toMs = slowed.requests() * NANOS_PER_MS;
    List<Evidence> evidence = new ArrayList<>(finding.evidence());
    evidence.add(
        Evidence.count("calls in a slow request", slowed.callsOfARequest(), "{call}", average));
    evidence.add(
        Evidence.ms("time of these calls in a slow request", slowed.callNanos() / toMs, average));
    evidence.add(Evidence.ms("time of the slow request", slowed.requestNanos() / toMs, average));
    evidence.add(Evidence.share("share of the request's time", slowed.share(), average));
    return new Finding(
        finding.id(),
        finding.rule(),
        finding.severity(),
        query,
        finding.relation(),
        finding.title(),
        finding.explanation(),
        finding.savedMs(),
        evidence,
        finding.links(),
        finding.plan(),
        finding.node(),
        finding.requests(),
        finding.remedy(),
        finding.alsoHelps());
  }

  private static Finding one(Finding plan, Finding repeats, Repetition repetition) {
    boolean planIsMain = saved(plan) >= MAIN_PART * saved(repeats);
    Finding main = planIsMain ? plan : repeats;
    Finding beside = planIsMain ? repeats : plan;
    double calls = (double) repetition.calls() / repetition.requests();
    String title =
        planIsMain
            ? "%s, %s times in one request".formatted(plan.title(), Wording.count(calls))
            : repeats.title();
    List<Evidence> evidence = new ArrayList<>(main.evidence());
    evidence.addAll(beside.evidence());
    return new Finding(
        main.id(),
        main.rule(),
        main.severity().orWorse(beside.severity()),
        main.query(),
        plan.relation(),
        title,
        main.explanation() + " " + beside.explanation(),
        Math.max(saved(plan), saved(repeats)),
        evidence,
        plan.links(),
        plan.plan(),
        plan.node(),
        repeats.requests(),
        main.remedy(),
        List.of(beside.remedy()));
  }

  private static double saved(Finding finding) {
    return finding.savedMs() == null ? 0 : finding.savedMs();
  }
}
