package dev.spanwise.analyzer.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** A plan as an indented tree, for readers without a drawing. */
final class PlanTree {

  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private PlanTree() {}

  /** The plan as JSON, or null where it is none. */
  static @Nullable JsonNode parse(String plan) {
    try {
      JsonNode tree = MAPPER.readTree(plan);
      return tree.isContainerNode() ? tree : null;
    } catch (JsonProcessingException notJson) {
      return null;
    }
  }

  /** One line for each node and condition; the plan's own text where it is not EXPLAIN's JSON. */
  static String text(String plan) {
    JsonNode document = parse(plan);
    if (document == null) {
      return plan;
    }
    List<String> lines = new ArrayList<>();
    for (JsonNode entry : document.isArray() ? document : List.of(document)) {
      JsonNode root = entry.has("Plan") ? entry.path("Plan") : entry;
      if (root.has("Node Type")) {
        addNode(root, 0, lines);
        addTime(entry, "Planning Time", lines);
        addTime(entry, "Execution Time", lines);
      }
    }
    return lines.isEmpty() ? plan : String.join("\n", lines);
  }

  private static void addNode(JsonNode node, int depth, List<String> lines) {
    String indent = "   ".repeat(depth);
    lines.add((depth == 0 ? "" : "   ".repeat(depth - 1) + "└─ ") + name(node));
    lines.add(indent + "   " + numbers(node));
    node.properties()
        .forEach(
            field -> {
              if (isCondition(field.getKey())) {
                lines.add(indent + "   " + field.getKey() + ": " + scalars(field.getValue()));
              }
            });
    for (JsonNode child : node.path("Plans")) {
      addNode(child, depth + 1, lines);
    }
  }

  private static String name(JsonNode node) {
    StringJoiner name = new StringJoiner(" ");
    if (node.path("Parallel Aware").asBoolean()) {
      name.add("Parallel");
    }
    name.add(node.path("Node Type").asText());
    String join = node.path("Join Type").asText();
    if (!join.isEmpty() && !join.equals("Inner")) {
      name.add("(" + join + ")");
    }
    if (node.has("Index Name")) {
      name.add("using " + node.path("Index Name").asText());
    }
    if (node.has("Relation Name")) {
      String schema = node.has("Schema") ? node.path("Schema").asText() + "." : "";
      name.add("on " + schema + node.path("Relation Name").asText());
    }
    return name.toString();
  }

  private static String numbers(JsonNode node) {
    StringJoiner numbers = new StringJoiner(" · ");
    if (node.has("Total Cost")) {
      numbers.add("cost " + Quantity.cost(node.path("Total Cost").doubleValue()));
    }
    boolean analyzed = node.has("Actual Rows");
    long planned = node.path("Plan Rows").asLong();
    if (!analyzed) {
      return numbers.add(Quantity.count(planned, "row") + " expected").toString();
    }
    long loops = node.path("Actual Loops").asLong();
    if (loops == 0) {
      return numbers.add("never executed").toString();
    }
    long actual = Math.round(node.path("Actual Rows").asDouble());
    numbers.add(Quantity.count(actual, "row") + " (" + Quantity.count(planned) + " expected)");
    if (node.has("Actual Total Time")) {
      numbers.add(Quantity.milliseconds(node.path("Actual Total Time").asDouble()));
    }
    if (loops > 1) {
      numbers.add(Quantity.count(loops) + " times");
    }
    return numbers.toString();
  }

  private static boolean isCondition(String field) {
    return field.endsWith("Cond")
        || field.endsWith("Filter")
        || field.endsWith("Key")
        || field.startsWith("Rows Removed by")
        || field.equals("Sort Method")
        || field.equals("Heap Fetches")
        || field.equals("Subplan Name");
  }

  private static String scalars(JsonNode value) {
    if (!value.isArray()) {
      return value.isIntegralNumber() ? Quantity.count(value.asLong()) : value.asText();
    }
    StringJoiner list = new StringJoiner(", ");
    value.forEach(element -> list.add(element.asText()));
    return list.toString();
  }

  private static void addTime(JsonNode entry, String field, List<String> lines) {
    if (entry.path(field).isNumber()) {
      lines.add(field + ": " + Quantity.milliseconds(entry.path(field).asDouble()));
    }
  }
}
