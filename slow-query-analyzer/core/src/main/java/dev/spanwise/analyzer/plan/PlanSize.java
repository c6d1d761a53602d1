package dev.spanwise.analyzer.plan;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** About what a plan takes in memory. Stateless. */
final class PlanSize {

  /** A node beside its texts: its records, maps and numbers. */
  private static final int NODE_BYTES = 1_000;

  private static final int CHARACTER_BYTES = 2;

  private PlanSize() {}

  static long bytes(Plan plan) {
    long characters =
        length(plan.queryText())
            + (plan.parameters() == null ? 0 : length(plan.parameters()))
            + length(plan.settings())
            + length(plan.details());
    return NODE_BYTES
        + CHARACTER_BYTES * characters
        + plan.nodes().mapToLong(PlanSize::bytes).sum();
  }

  private static long bytes(PlanNode node) {
    Conditions conditions = node.conditions();
    long characters =
        length(conditions.filter())
            + length(conditions.indexCondition())
            + length(conditions.recheckCondition())
            + length(conditions.joinFilter())
            + length(conditions.hashCondition())
            + length(conditions.mergeCondition())
            + length(conditions.oneTimeFilter())
            + length(conditions.orderBy())
            + length(node.sortKey())
            + length(node.output())
            + length(node.details());
    return NODE_BYTES + CHARACTER_BYTES * characters;
  }

  private static long length(Map<String, String> texts) {
    return length(texts.keySet()) + length(texts.values());
  }

  private static long length(Collection<? extends @Nullable String> texts) {
    long length = 0;
    for (String text : texts) {
      length += length(text);
    }
    return length;
  }

  private static long length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}
