package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.workload.Query;
import dev.spanwise.analyzer.workload.Repetition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request asks for the very same thing again and again. */
final class SameQueryRepeats implements QueryRule {

  @Override
  public QueryVerdict examine(QuerySubject subject) {
    Query query = subject.query();
    Repetition identical = query.identical();
    if (!ReadText.isRepeatable(query.text())) {
      return new QueryVerdict.Clear();
    }
    if (identical == null) {
      return unknown(query.repetition(), subject.slowerThanMs());
    }
    RepetitionCost cost = RepetitionCost.of(identical);
    if (!cost.isCostly(subject.slowerThanMs())) {
      return new QueryVerdict.Clear();
    }
    return new QueryVerdict.Found(
        id(),
        "One request asks this %s times over".formatted(Wording.count(cost.calls())),
        "%s calls with the very same values take %s of the request's %s, on average. Unless something writes in between, each after the first brings an answer that the request has had."
            .formatted(
                Wording.count(cost.calls()),
                Wording.ms(cost.callMs()),
                Wording.ms(cost.requestMs())),
        evidence(identical, cost),
        cost.lostMs(),
        cost.savedMs(),
        identical.worst(),
        List.of(),
        new Remedy.Step(
            Remedy.Kind.REWRITE_QUERY,
            "Read this once in a request and hand the answer on, or keep it in a cache for as long as it may be stale",
            "no plan shows the number of calls"));
  }

  /** Where a text holds parameters, no span says whether its calls had the same values. */
  private static QueryVerdict unknown(@Nullable Repetition repetition, double slowerThanMs) {
    return repetition == null || !RepetitionCost.of(repetition).isCostly(slowerThanMs)
        ? new QueryVerdict.Clear()
        : new QueryVerdict.Inconclusive(
            "whether repeated calls had the same values: bind values are not captured");
  }

  private static List<Evidence> evidence(Repetition identical, RepetitionCost cost) {
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(
        Evidence.count(
            "calls with the same values in a request",
            cost.calls(),
            "{call}",
            "spans, on average"));
    evidence.addAll(cost.evidence("these calls", "repeat it", identical));
    return evidence;
  }
}
