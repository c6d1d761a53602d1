package dev.spanwise.analyzer.plan;

import org.jspecify.annotations.Nullable;

/** Names output that is often given in the place of a text plan. Stateless. */
final class OtherOutput {

  private OtherOutput() {}

  /**
   * What {@code output} is and what to give instead; null where it may be a text plan.
   *
   * @param output begins with {@code first}
   */
  static @Nullable String refusal(TextLine first, String output) {
    String text = first.text();
    if (text.startsWith("<explain ") || text.startsWith("<?xml")) {
      return "XML: give the plan with FORMAT JSON or TEXT";
    }
    boolean logged = text.startsWith("Query Text: \"") && output.contains("\nPlan:");
    if (logged || text.equals("- Plan:")) {
      return "YAML: give the plan with FORMAT JSON or TEXT";
    }
    if (text.startsWith("distribution: ") || text.startsWith("\u2022 ")) {
      return "a plan of CockroachDB, whose planner and plans are others than PostgreSQL's";
    }
    return null;
  }
}
