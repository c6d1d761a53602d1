package dev.spanwise.analyzer.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a plan in the form of {@code EXPLAIN (FORMAT JSON)}, without its literals. Thread-safe.
 *
 * <p>What leaves is declared field by field in {@link SafeFields}: names, numbers and PostgreSQL's
 * own words as they are, expressions with {@code ?} for each literal. The statement, its parameters
 * and every field that is not declared are dropped.
 */
public final class PlanJson {

  private static final JsonMapper MAPPER = new JsonMapper();

  private static final Map<String, String> NAMES_OF_OTHER =
      Map.of(
          "Function Scan", "Function Name",
          "Table Function Scan", "Table Function Name",
          "CTE Scan", "CTE Name",
          "WorkTable Scan", "CTE Name",
          "Named Tuplestore Scan", "Tuplestore Name");

  private PlanJson() {}

  /** The plan as JSON that a plan viewer reads: only fields known to be safe, conditions masked. */
  public static String masked(Plan plan) {
    ArrayNode array = MAPPER.createArrayNode();
    ObjectNode object = array.addObject();
    writeNode(object.putObject("Plan"), plan.root());
    put(object, "Planning Time", plan.planningMs());
    ArrayNode triggers = object.putArray("Triggers");
    for (Trigger trigger : plan.triggers()) {
      ObjectNode written = triggers.addObject();
      put(written, "Trigger Name", trigger.name());
      put(written, "Constraint Name", trigger.constraint());
      put(written, "Relation", trigger.relation());
      put(written, "Time", trigger.timeMs());
      written.put("Calls", trigger.calls());
    }
    put(object, "Execution Time", plan.executionMs());
    if (plan.queryId() != null) {
      object.put("Query Identifier", plan.queryId());
    }
    if (!plan.settings().isEmpty()) {
      ObjectNode settings = object.putObject("Settings");
      new TreeMap<>(plan.settings())
          .forEach((name, value) -> settings.put(name, SafeFields.setting(value)));
    }
    MaskedDetails.write(plan.details(), object);
    try {
      return MAPPER.writeValueAsString(array);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON values must be writable", e);
    }
  }

  private static void writeNode(ObjectNode object, PlanNode node) {
    object.put("Node Type", node.typeName());
    Position position = node.position();
    String relationship = position.parentRelationship();
    if (relationship != null && SafeFields.isRelationship(relationship)) {
      object.put("Parent Relationship", relationship);
    }
    put(object, "Subplan Name", position.subplanName());
    object.put("Parallel Aware", position.parallelAware());
    Target target = node.target();
    put(object, "Schema", target.schema());
    put(object, "Relation Name", target.relation());
    put(object, "Alias", target.alias());
    put(object, "Index Name", target.index());
    String nameOfOther = NAMES_OF_OTHER.get(node.typeName());
    if (nameOfOther != null) {
      put(object, nameOfOther, target.other());
    }
    writeNumbers(object, node);
    writeExpressions(object, node);
    MaskedDetails.write(node.details(), object);
    if (!node.children().isEmpty()) {
      ArrayNode plans = object.putArray("Plans");
      node.children().forEach(child -> writeNode(plans.addObject(), child));
    }
  }

  private static void writeNumbers(ObjectNode object, PlanNode node) {
    Estimate estimate = node.estimate();
    if (estimate != null) {
      put(object, "Startup Cost", estimate.startupCost());
      put(object, "Total Cost", estimate.totalCost());
      put(object, "Plan Rows", estimate.rows());
      object.put("Plan Width", estimate.width());
    }
    Actual actual = node.actual();
    if (actual != null) {
      put(object, "Actual Startup Time", actual.startupMs());
      put(object, "Actual Total Time", actual.totalMs());
      put(object, "Actual Rows", actual.rows());
      object.put("Actual Loops", actual.loops());
      put(object, "Rows Removed by Filter", actual.removedByFilter());
      put(object, "Rows Removed by Join Filter", actual.removedByJoinFilter());
      put(object, "Rows Removed by Index Recheck", actual.removedByRecheck());
    }
    Buffers buffers = node.buffers();
    if (buffers != null) {
      object.put("Shared Hit Blocks", buffers.sharedHit());
      object.put("Shared Read Blocks", buffers.sharedRead());
      object.put("Shared Written Blocks", buffers.sharedWritten());
      object.put("Temp Read Blocks", buffers.tempRead());
      object.put("Temp Written Blocks", buffers.tempWritten());
    }
  }

  private static void writeExpressions(ObjectNode object, PlanNode node) {
    Conditions conditions = node.conditions();
    putMasked(object, "Filter", conditions.filter());
    putMasked(object, "Index Cond", conditions.indexCondition());
    putMasked(object, "Recheck Cond", conditions.recheckCondition());
    putMasked(object, "Join Filter", conditions.joinFilter());
    putMasked(object, "Hash Cond", conditions.hashCondition());
    putMasked(object, "Merge Cond", conditions.mergeCondition());
    putMasked(object, "One-Time Filter", conditions.oneTimeFilter());
    putMasked(object, "Order By", conditions.orderBy());
    putMasked(object, "Sort Key", node.sortKey());
    putMasked(object, "Output", node.output());
  }

  private static void putMasked(ObjectNode object, String field, @Nullable String expression) {
    put(object, field, expression == null ? null : ExpressionMask.of(expression));
  }

  private static void putMasked(ObjectNode object, String field, List<String> expressions) {
    if (!expressions.isEmpty()) {
      ArrayNode masked = object.putArray(field);
      expressions.forEach(expression -> masked.add(ExpressionMask.of(expression)));
    }
  }

  private static void put(ObjectNode object, String field, @Nullable String value) {
    if (value != null) {
      object.put(field, value);
    }
  }

  /** JSON has no infinite number: such an estimate is left out. */
  private static void put(ObjectNode object, String field, @Nullable Double value) {
    if (value != null && Double.isFinite(value)) {
      if (value == Math.rint(value) && Math.abs(value) < 1e15) {
        object.put(field, value.longValue());
      } else {
        object.put(field, value);
      }
    }
  }
}
