package dev.spanwise.analyzer.rule;

/** The kind of thing that helps against a cause. */
public enum Remedy {
  /** An index that the advisor derives from the plan. */
  INDEX,
  /** Fresh planner statistics. */
  ANALYZE,
  /** One statement in the place of many. */
  BATCH
}
