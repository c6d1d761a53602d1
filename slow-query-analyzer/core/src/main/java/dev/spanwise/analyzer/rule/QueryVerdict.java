package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.link.Link;
import dev.spanwise.analyzer.workload.RepeatedCalls;
import java.util.List;

/** What a rule says of a query's calls, or of an endpoint's requests. */
sealed interface QueryVerdict {

  /**
   * The rule's observation holds.
   *
   * @param lostMs what it costs one request
   * @param savedMs what its cure would save over the window
   * @param requests the requests that show it best; empty where single calls do
   * @param links the links of the slow calls that show it, the worst first; empty where requests do
   */
  record Found(
      String rule,
      String title,
      String explanation,
      List<Evidence> evidence,
      double lostMs,
      double savedMs,
      List<RepeatedCalls> requests,
      List<Link> links,
      Remedy remedy)
      implements QueryVerdict {

    public Found {
      evidence = List.copyOf(evidence);
      requests = List.copyOf(requests);
      links = List.copyOf(links);
    }
  }

  /** The rule looked, and its observation does not hold. */
  record Clear() implements QueryVerdict {}

  /**
   * The rule could not judge.
   *
   * @param missing what it would have needed, in words
   */
  record Inconclusive(String missing) implements QueryVerdict {}
}
