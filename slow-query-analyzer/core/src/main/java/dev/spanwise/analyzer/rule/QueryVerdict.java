package dev.spanwise.analyzer.rule;

import java.util.List;

/** What a rule says of a query's calls. */
sealed interface QueryVerdict {

  /**
   * The rule's observation holds.
   *
   * @param lostMs what it costs one request
   * @param savedMs what its cure would save over the window
   */
  record Found(
      String rule,
      String title,
      String explanation,
      List<Evidence> evidence,
      double lostMs,
      double savedMs,
      Remedy remedy)
      implements QueryVerdict {

    public Found {
      evidence = List.copyOf(evidence);
    }
  }

  /** The rule looked, and its observation does not hold. */
  record Clear() implements QueryVerdict {}
}
