package dev.spanwise.analyzer.rule;

import java.util.List;

/** What a rule says of one slow call. */
sealed interface CallVerdict {

  /**
   * The rule's observation holds.
   *
   * @param rule the rule's id
   * @param subject what tells it from another observation of the rule on the same statement
   * @param title one line: what happens
   * @param explanation why that is slow, in plain words
   * @param lostMs what it costs the call
   * @param remedy what helps
   */
  record Found(
      String rule,
      String subject,
      String title,
      String explanation,
      List<Evidence> evidence,
      double lostMs,
      Remedy remedy)
      implements CallVerdict {

    public Found {
      evidence = List.copyOf(evidence);
    }
  }

  /** The rule looked, and its observation does not hold. */
  record Clear() implements CallVerdict {}
}
