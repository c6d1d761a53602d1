package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.workload.Query;
import dev.spanwise.analyzer.workload.RepeatedCalls;
import dev.spanwise.analyzer.workload.Repetition;
import java.util.ArrayList;
import java.util.List;

/** One request runs the same statement again for each of its items: N+1. */
final class QueryRepeatsPerItem implements QueryRule {

  private static final double NANOS_PER_MS = 1e6;

  @Override
  public QueryVerdict examine(Query query, double slowerThanMs) {
    Repetition repetition = query.repetition();
    if (repetition == null) {
      return new QueryVerdict.Clear();
    }
    double requests = repetition.requests();
    double calls = repetition.calls() / requests;
    double callMs = repetition.callNanos() / NANOS_PER_MS / requests;
    double requestMs = repetition.requestNanos() / NANOS_PER_MS / requests;
    double share = requestMs <= 0 ? 1 : Math.min(1, callMs / requestMs);
    boolean costly =
        callMs >= Thresholds.REPEATED_CALLS_MS
            || (requestMs >= slowerThanMs && share >= Thresholds.REPEATED_CALLS_SHARE);
    if (calls < Thresholds.REPEATED_CALLS || !costly) {
      return new QueryVerdict.Clear();
    }
    return new QueryVerdict.Found(
        id(),
        "One request runs this statement %s times".formatted(Wording.count(calls)),
        "%s calls take %s of the request's %s: a statement for each item, where one statement for all items would do. Each call is quick by itself; their number is what costs."
            .formatted(Wording.count(calls), Wording.ms(callMs), Wording.ms(requestMs)),
        evidence(query, repetition, calls, callMs, requestMs, share),
        callMs * (1 - 1 / calls),
        // All but one call of each request could go.
        repetition.callNanos() / NANOS_PER_MS * (1 - 1 / calls),
        Remedy.BATCH);
  }

  private static List<Evidence> evidence(
      Query query,
      Repetition repetition,
      double calls,
      double callMs,
      double requestMs,
      double share) {
    RepeatedCalls worst = repetition.worst().get(0);
    String source = "span " + Span.format(worst.requestSpanId());
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(Evidence.count("calls in a request", calls, "{call}", source));
    evidence.add(Evidence.ms("time of these calls in a request", callMs, source));
    evidence.add(Evidence.ms("time of the request", requestMs, source));
    evidence.add(Evidence.share("share of the request's time", share, source));
    evidence.add(
        Evidence.count(
            "requests that repeat it", (double) repetition.requests(), "{request}", "spans"));
    evidence.add(Evidence.ms("median of one call", query.p50Ms(), "spans"));
    return evidence;
  }
}
