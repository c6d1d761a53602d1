package dev.spanwise.analyzer.link;

/** How sure a link is. */
public enum Confidence {
  /** One plan and one span can belong to each other, and their statements are the same. */
  EXACT,
  /**
   * One plan and one span can belong to each other, but nothing says that their statements are the
   * same.
   */
  PROBABLE,
  /** Several plans or spans could belong to each other: none is chosen. */
  AMBIGUOUS
}
