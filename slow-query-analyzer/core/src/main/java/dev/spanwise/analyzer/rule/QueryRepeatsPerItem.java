package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.workload.Query;
import dev.spanwise.analyzer.workload.Repetition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One request runs the same statement again for each of its items: N+1. */
final class QueryRepeatsPerItem implements QueryRule {

  /** Statements that begin and end a transaction: they repeat with it and cannot be batched. */
  private static final Set<String> TRANSACTION_CONTROL =
      Set.of("begin", "start", "commit", "rollback", "end", "savepoint", "release", "set");

  @Override
  public QueryVerdict examine(QuerySubject subject) {
    Query query = subject.query();
    Repetition repetition = repetition(query);
    if (repetition == null || TRANSACTION_CONTROL.contains(firstWord(query.text()))) {
      return new QueryVerdict.Clear();
    }
    RepetitionCost cost = RepetitionCost.of(repetition);
    if (cost.calls() < Thresholds.REPEATED_CALLS || !cost.isCostly(subject.slowerThanMs())) {
      return new QueryVerdict.Clear();
    }
    return new QueryVerdict.Found(
        id(),
        "One request runs this statement %s times".formatted(Wording.count(cost.calls())),
        "%s calls take %s of the request's %s, on average: a statement for each item, where one statement for all items would do. Each call is quick by itself; their number is what costs."
            .formatted(
                Wording.count(cost.calls()),
                Wording.ms(cost.callMs()),
                Wording.ms(cost.requestMs())),
        evidence(query, repetition, cost),
        cost.lostMs(),
        // All but one call of each request could go.
        cost.savedMs(),
        repetition.worst(),
        List.of(),
        batch(query));
  }

  /** What reads the same again is another rule's; a write is a write, whatever its values. */
  private static @Nullable Repetition repetition(Query query) {
    return query.repetition() == null && !ReadText.isRepeatable(query.text())
        ? query.identical()
        : query.repetition();
  }

  private static Remedy batch(Query query) {
    String text = query.text();
    boolean reads = text.startsWith("select") || text.startsWith("with");
    String step =
        reads
            ? "Run the statement once for all items of a request, with = ANY (array of keys) or a join, instead of once for each"
            : "Send these calls together, as one statement with many rows or as one batch, instead of one by one";
    return new Remedy.Step(Remedy.Kind.BATCH_QUERIES, step, "no index mends the number of calls");
  }

  private static String firstWord(String text) {
    return text.strip().split("[\\s;(]", 2)[0].toLowerCase(Locale.ROOT);
  }

  private static List<Evidence> evidence(Query query, Repetition repetition, RepetitionCost cost) {
    String average = "spans, on average";
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(Evidence.count("calls in a request", cost.calls(), "{call}", average));
    evidence.addAll(cost.evidence("these calls", "repeat it", repetition));
    evidence.add(Evidence.ms("mean of one of these calls", cost.callMs() / cost.calls(), average));
    evidence.add(Evidence.ms("median of one call", query.p50Ms(), "spans"));
    return evidence;
  }
}
