package dev.spanwise.analyzer.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells where a plan of text output ends too early: a node lacks an input that its kind always has,
 * or a bracket of its last line stays open. A plan that ends between two whole nodes, such as above
 * the filter of its last scan, looks like any other.
 */
final class CutOff {

  private static final Set<String> JOINS = Set.of("Nested Loop", "Hash Join", "Merge Join");

  private static final Set<String> ONE_INPUT =
      Set.of(
          "Aggregate",
          "Bitmap Heap Scan",
          "Gather",
          "Gather Merge",
          "Group",
          "Hash",
          "Incremental Sort",
          "Limit",
          "LockRows",
          "Materialize",
          "Memoize",
          "ProjectSet",
          "Sort",
          "Subquery Scan",
          "Unique",
          "WindowAgg");

  private CutOff() {}

  /**
   * Checks a plan whose lines are all read.
   *
   * @param last its last line
   */
  static void check(ObjectNode root, TextLine last) throws PlanFormatException {
    String lacking = lacking(root);
    if (lacking != null) {
      throw last.refused(
          "the plan is cut off here: expected another input of \"%s\"".formatted(lacking));
    }
    if (ExpressionList.leavesBracketOpen(last.text())) {
      throw last.refused("the plan is cut off here: a bracket of the line stays open");
    }
  }

  /** The kind of the first node that lacks an input; null where none does. */
  private static @Nullable String lacking(JsonNode node) {
    String type = node.path("Node Type").asText();
    int inputs = 0;
    for (JsonNode child : node.path("Plans")) {
      String lacking = lacking(child);
      if (lacking != null) {
        return lacking;
      }
      inputs += child.has("Subplan Name") ? 0 : 1;
    }
    int expected = JOINS.contains(type) ? 2 : ONE_INPUT.contains(type) ? 1 : 0;
    return inputs < expected ? type : null;
  }
}
