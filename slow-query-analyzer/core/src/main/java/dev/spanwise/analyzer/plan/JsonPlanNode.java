package dev.spanwise.analyzer.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one node of JSON output, with all below it. */
final class JsonPlanNode {

  /** The fields that have a component of their own in {@link PlanNode}. */
  private static final Set<String> COMPONENTS =
      Set.of(
          "Node Type",
          "Plans",
          "Parent Relationship",
          "Subplan Name",
          "Parallel Aware",
          "Schema",
          "Relation Name",
          "Alias",
          "Index Name",
          "Function Name",
          "CTE Name",
          "Table Function Name",
          "Tuplestore Name",
          "Filter",
          "Index Cond",
          "Recheck Cond",
          "Join Filter",
          "Hash Cond",
          "Merge Cond",
          "One-Time Filter",
          "Order By",
          "Sort Key",
          "Output",
          "Startup Cost",
          "Total Cost",
          "Plan Rows",
          "Plan Width",
          "Actual Startup Time",
          "Actual Total Time",
          "Actual Rows",
          "Actual Loops",
          "Rows Removed by Filter",
          "Rows Removed by Join Filter",
          "Rows Removed by Index Recheck",
          "Shared Hit Blocks",
          "Shared Read Blocks",
          "Shared Written Blocks",
          "Temp Read Blocks",
          "Temp Written Blocks");

  private JsonPlanNode() {}

  /**
   * The node in {@code object}.
   *
   * @param outer pointer of its plan in the input
   * @param pointer pointer of the node in its plan
   */
  static PlanNode read(JsonNode object, String outer, String pointer) throws PlanFormatException {
    Fields fields = new Fields(object, outer + pointer);
    String typeName = fields.text("Node Type");
    if (typeName == null) {
      throw new PlanFormatException(outer + pointer, "expected a \"Node Type\"");
    }
    List<PlanNode> children = new ArrayList<>();
    JsonNode plans = object.path("Plans");
    for (int i = 0; i < plans.size(); i++) {
      children.add(read(plans.get(i), outer, pointer + "/Plans/" + i));
    }
    return new PlanNode(
        pointer,
        NodeType.named(typeName),
        typeName,
        new Position(
            fields.text("Parent Relationship"),
            fields.text("Subplan Name"),
            fields.isTrue("Parallel Aware")),
        target(fields),
        conditions(fields),
        fields.list("Sort Key"),
        fields.list("Output"),
        estimate(fields),
        actual(fields),
        buffers(fields),
        fields.details(COMPONENTS),
        children);
  }

  private static Target target(Fields fields) {
    String other = null;
    for (String name :
        List.of("Function Name", "CTE Name", "Table Function Name", "Tuplestore Name")) {
      other = other == null ? fields.text(name) : other;
    }
    return new Target(
        fields.text("Schema"),
        fields.text("Relation Name"),
        fields.text("Alias"),
        fields.text("Index Name"),
        other);
  }

  private static Conditions conditions(Fields fields) {
    return new Conditions(
        fields.text("Filter"),
        fields.text("Index Cond"),
        fields.text("Recheck Cond"),
        fields.text("Join Filter"),
        fields.text("Hash Cond"),
        fields.text("Merge Cond"),
        fields.text("One-Time Filter"),
        fields.text("Order By"));
  }

  private static @Nullable Estimate estimate(Fields fields) throws PlanFormatException {
    Double startup = fields.number("Startup Cost");
    Double total = fields.number("Total Cost");
    Double rows = fields.number("Plan Rows");
    Long width = fields.integer("Plan Width");
    return startup == null || total == null || rows == null || width == null
        ? null
        : new Estimate(startup, total, rows, width);
  }

  private static @Nullable Actual actual(Fields fields) throws PlanFormatException {
    Double rows = fields.number("Actual Rows");
    Long loops = fields.integer("Actual Loops");
    return rows == null || loops == null
        ? null
        : new Actual(
            rows,
            loops,
            fields.number("Actual Startup Time"),
            fields.number("Actual Total Time"),
            fields.number("Rows Removed by Filter"),
            fields.number("Rows Removed by Join Filter"),
            fields.number("Rows Removed by Index Recheck"));
  }

  private static @Nullable Buffers buffers(Fields fields) throws PlanFormatException {
    Long sharedHit = fields.integer("Shared Hit Blocks");
    Long sharedRead = fields.integer("Shared Read Blocks");
    Long sharedWritten = fields.integer("Shared Written Blocks");
    Long tempRead = fields.integer("Temp Read Blocks");
    Long tempWritten = fields.integer("Temp Written Blocks");
    return sharedHit == null
            || sharedRead == null
            || sharedWritten == null
            || tempRead == null
            || tempWritten == null
        ? null
        : new Buffers(sharedHit, sharedRead, sharedWritten, tempRead, tempWritten);
  }
}
