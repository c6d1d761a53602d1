package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.workload.Repetition;
import java.util.ArrayList;
import java.util.List;

/**
 * What repeated calls cost, on the average of the requests that make them.
 *
 * @param requests such requests
 * @param calls calls in one
 * @param callMs time of these
 * @param requestMs time of the request
 * @param lostMs time that would be spared without the repetition
 */
record RepetitionCost(
    double requests, double calls, double callMs, double requestMs, double lostMs) {

  private static final double NANOS_PER_MS = 1e6;
  private static final String AVERAGE = "spans, on average";

  static RepetitionCost of(Repetition repetition) {
    double requests = repetition.requests();
    return new RepetitionCost(
        requests,
        repetition.calls() / requests,
        repetition.callNanos() / NANOS_PER_MS / requests,
        repetition.requestNanos() / NANOS_PER_MS / requests,
        (repetition.callNanos() - repetition.longestNanos()) / NANOS_PER_MS / requests);
  }

  /** Whether the loss matters by itself, or to a request that is slow. */
  boolean isCostly(double slowerThanMs) {
    return lostMs >= Thresholds.REPEATED_CALLS_MS
        || (requestMs >= slowerThanMs && lostMs >= Thresholds.REPEATED_CALLS_SHARE * requestMs);
  }

  /** What the repetition loses over the window. */
  double savedMs() {
    return lostMs * requests;
  }

  private double share() {
    return requestMs <= 0 ? 1 : Math.min(1, callMs / requestMs);
  }

  /**
   * The facts.
   *
   * @param calls what the calls are, such as {@code these calls}
   * @param done what the requests do with them, such as {@code repeat it}
   */
  List<Evidence> evidence(String calls, String done, Repetition repetition) {
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(Evidence.ms("time of " + calls + " in a request", callMs, AVERAGE));
    evidence.add(Evidence.ms("time of the request", requestMs, AVERAGE));
    evidence.add(Evidence.share("share of the request's time", share(), AVERAGE));
    evidence.add(Evidence.count("requests that " + done, requests, "{request}", "spans"));
    repetition.worst().stream()
        .findFirst()
        .ifPresent(
            worst ->
                evidence.add(
                    Evidence.ms(
                        "time of the request that lost most",
                        worst.requestNanos() / NANOS_PER_MS,
                        "span " + Span.format(worst.requestSpanId()))));
    return evidence;
  }
}
