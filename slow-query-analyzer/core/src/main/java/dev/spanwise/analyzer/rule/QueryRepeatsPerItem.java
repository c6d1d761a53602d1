package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.workload.Query;
import dev.spanwise.analyzer.workload.RepeatedCalls;
import dev.spanwise.analyzer.workload.Repetition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** One request runs the same statement again for each of its items: N+1. */
final class QueryRepeatsPerItem implements QueryRule {

  private static final double NANOS_PER_MS = 1e6;

  /** Statements that begin and end a transaction: they repeat with it and cannot be batched. */
  private static final Set<String> TRANSACTION_CONTROL =
      Set.of("begin", "start", "commit", "rollback", "end", "savepoint", "release", "set");

  @Override
  public QueryVerdict examine(Query query, double slowerThanMs) {
    Repetition repetition = query.repetition();
    if (repetition == null || TRANSACTION_CONTROL.contains(firstWord(query.text()))) {
      return new QueryVerdict.Clear();
    }
    double requests = repetition.requests();
    double calls = repetition.calls() / requests;
    double callMs = repetition.callNanos() / NANOS_PER_MS / requests;
    double requestMs = repetition.requestNanos() / NANOS_PER_MS / requests;
    double lostMs = (repetition.callNanos() - repetition.longestNanos()) / NANOS_PER_MS / requests;
    double share = requestMs <= 0 ? 1 : Math.min(1, callMs / requestMs);
    boolean costly =
        lostMs >= Thresholds.REPEATED_CALLS_MS
            || (requestMs >= slowerThanMs && lostMs >= Thresholds.REPEATED_CALLS_SHARE * requestMs);
    if (calls < Thresholds.REPEATED_CALLS || !costly) {
      return new QueryVerdict.Clear();
    }
    return new QueryVerdict.Found(
        id(),
        "One request runs this statement %s times".formatted(Wording.count(calls)),
        "%s calls take %s of the request's %s, on average: a statement for each item, where one statement for all items would do. Each call is quick by itself; their number is what costs."
            .formatted(Wording.count(calls), Wording.ms(callMs), Wording.ms(requestMs)),
        evidence(query, repetition, calls, callMs, requestMs, share),
        lostMs,
        // All but one call of each request could go.
        lostMs * requests,
        batch(query));
  }

  private static Remedy batch(Query query) {
    String text = query.text();
    boolean reads = text.startsWith("select") || text.startsWith("with");
    String step =
        reads
            ? "Run this once for all items of a request, with = ANY (array of keys) or a join, instead of once for each: "
            : "Send these together, as one statement with many rows or as one batch, instead of one by one: ";
    return new Remedy.Step(
        Remedy.Kind.BATCH_QUERIES, step + text, "no index mends the number of calls");
  }

  private static String firstWord(String text) {
    return text.strip().split("[\\s;(]", 2)[0].toLowerCase(Locale.ROOT);
  }

  private static List<Evidence> evidence(
      Query query,
      Repetition repetition,
      double calls,
      double callMs,
      double requestMs,
      double share) {
    RepeatedCalls worst = repetition.worst().get(0);
    String average = "spans, on average";
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(Evidence.count("calls in a request", calls, "{call}", average));
    evidence.add(Evidence.ms("time of these calls in a request", callMs, average));
    evidence.add(Evidence.ms("time of the request", requestMs, average));
    evidence.add(Evidence.share("share of the request's time", share, average));
    evidence.add(
        Evidence.count(
            "requests that repeat it", (double) repetition.requests(), "{request}", "spans"));
    evidence.add(
        Evidence.ms(
            "time of the request that lost most",
            worst.requestNanos() / NANOS_PER_MS,
            "span " + Span.format(worst.requestSpanId())));
    evidence.add(Evidence.ms("mean of one of these calls", callMs / calls, average));
    evidence.add(Evidence.ms("median of one call", query.p50Ms(), "spans"));
    return evidence;
  }
}
