package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.link.Confidence;
import dev.spanwise.analyzer.link.Link;
import dev.spanwise.analyzer.workload.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the server's log says of a query's slow calls beside their plans.
 *
 * @param found by finding, the calls that show it, the slowest first
 * @param examinedMs time of all calls that were examined
 */
record LoggedCalls(Query query, Map<String, List<Seen>> found, double examinedMs) {

  private static final double NANOS_PER_MS = 1e6;

  /** One call that shows a cause. */
  record Seen(Link link, CallVerdict.Found cause) {}

  static LoggedCalls of(Query query, List<Link> links) {
    Map<String, List<Seen>> found = new LinkedHashMap<>();
    double examinedMs = 0;
    for (Link link : links) {
      if (link.confidence() == Confidence.AMBIGUOUS) {
        continue;
      }
      examinedMs += link.span().span().durationNanos() / NANOS_PER_MS;
      for (CallRule rule : RuleCatalogue.CALL_RULES) {
        if (rule.examine(Call.of(link)) instanceof CallVerdict.Found cause) {
          found
              .computeIfAbsent(
                  StableId.of(cause.rule(), cause.subject(), query.key()), id -> new ArrayList<>())
              .add(new Seen(link, cause));
        }
      }
    }
    return new LoggedCalls(query, found, examinedMs);
  }

  /** Whether the log says the same of a call as a cause in its plan, and so knows it better. */
  boolean explain(Link link, Cause cause) {
    return found.values().stream()
        .flatMap(List::stream)
        .anyMatch(
            seen ->
                seen.link().span().equals(link.span()) && seen.cause().rule().equals(cause.rule()));
  }

  /**
   * One finding for each cause.
   *
   * @param slowMs time of all slow calls of the query, for which those that were examined stand
   */
  List<Finding> findings(double slowMs) {
    List<Finding> findings = new ArrayList<>();
    found.forEach((id, seen) -> findings.add(finding(id, seen, slowMs)));
    return findings;
  }

  private Finding finding(String id, List<Seen> seen, double slowMs) {
    Seen slowest = seen.get(0);
    CallVerdict.Found cause = slowest.cause();
    double lostMs = seen.stream().mapToDouble(one -> one.cause().lostMs()).sum();
    return new Finding(
        id,
        cause.rule(),
        Severity.of(lostMs / seen.size()),
        query,
        null,
        cause.title(),
        cause.explanation(),
        slowMs * lostMs / examinedMs,
        cause.evidence(),
        seen.stream().map(Seen::link).toList(),
        null,
        null,
        cause.remedy());
  }
}
