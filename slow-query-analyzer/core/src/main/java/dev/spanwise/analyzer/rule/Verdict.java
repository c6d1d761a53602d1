package dev.spanwise.analyzer.rule;

import java.util.List;

/**
 * What a rule says of one plan. Silence is never "fine": what could not be judged names what was
 * missing.
 */
public sealed interface Verdict {

  /** The rule's observation holds. */
  record Found(List<Cause> causes) implements Verdict {
    public Found {
      causes = List.copyOf(causes);
      if (causes.isEmpty()) {
        throw new IllegalArgumentException("causes is empty");
      }
    }
  }

  /** The rule looked, and its observation does not hold. */
  record Clear() implements Verdict {}

  /**
   * The rule could not judge.
   *
   * @param missing what it would have needed, in words
   */
  record Inconclusive(String missing) implements Verdict {}

  /** Found where there are causes, clear where there are none. */
  static Verdict of(List<Cause> causes) {
    return causes.isEmpty() ? new Clear() : new Found(causes);
  }
}
