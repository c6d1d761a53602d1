package dev.spanwise.analyzer.link;

/** How sure a link is. */
public enum Confidence {
  /**
   * Nothing else is possible: the log names the span or its backend, the statements are the same,
   * and the times leave no choice.
   */
  EXACT,
  /** One plan and one span can belong to each other, but another explanation is conceivable. */
  PROBABLE,
  /** Several plans or spans could belong to each other: none is chosen. */
  AMBIGUOUS
}
