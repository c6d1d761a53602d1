package dev.spanwise.analyzer.plan;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one node of JSON output, with all below it, as its fields come. */
final class JsonPlanNode {

  private static final Pattern TYPE_NAME = Pattern.compile("[A-Za-z]+(?: [A-Za-z]+){0,4}");
  private static final String UNKNOWN = "Unknown";

  private final String outer;
  private final String pointer;
  private final JsonNumbers numbers = new JsonNumbers();
  private final Details details = new Details();
  private final List<PlanNode> children = new ArrayList<>();
  private List<String> sortKey = List.of();
  private List<String> output = List.of();
  private @Nullable String typeName;
  private @Nullable String parentRelationship;
  private @Nullable String subplanName;
  private boolean parallelAware;
  private @Nullable String schema;
  private @Nullable String relation;
  private @Nullable String alias;
  private @Nullable String index;
  private @Nullable String other;
  private @Nullable String filter;
  private @Nullable String indexCondition;
  private @Nullable String recheckCondition;
  private @Nullable String joinFilter;
  private @Nullable String hashCondition;
  private @Nullable String mergeCondition;
  private @Nullable String oneTimeFilter;
  private @Nullable String orderBy;

  private JsonPlanNode(String outer, String pointer) {
    this.outer = outer;
    this.pointer = pointer;
  }

  /**
   * The node in the object that starts where {@code parser} stands.
   *
   * @param outer pointer of its plan in the input
   * @param pointer pointer of the node in its plan
   */
  static PlanNode read(JsonParser parser, String outer, String pointer)
      throws IOException, PlanFormatException {
    JsonPlanNode node = new JsonPlanNode(outer, pointer);
    if (parser.isExpectedStartObjectToken()) {
      Fields fields = new Fields(parser, outer + pointer);
      for (String name = fields.next(); name != null; name = fields.next()) {
        node.take(name, fields);
      }
    }
    return node.node();
  }

  private void take(String name, Fields fields) throws IOException, PlanFormatException {
    switch (name) {
      case "Node Type" -> typeName = fields.text();
      case "Plans" ->
          fields.forEach((parser, i) -> children.add(read(parser, outer, pointer + "/Plans/" + i)));
      case "Parent Relationship" -> parentRelationship = fields.text();
      case "Subplan Name" -> subplanName = fields.text();
      case "Parallel Aware" -> parallelAware = fields.isTrue();
      case "Schema" -> schema = fields.text();
      case "Relation Name" -> relation = fields.text();
      case "Alias" -> alias = fields.text();
      case "Index Name" -> index = fields.text();
      case "Function Name", "CTE Name", "Table Function Name", "Tuplestore Name" ->
          other = fields.text();
      case "Filter" -> filter = fields.text();
      case "Index Cond" -> indexCondition = fields.text();
      case "Recheck Cond" -> recheckCondition = fields.text();
      case "Join Filter" -> joinFilter = fields.text();
      case "Hash Cond" -> hashCondition = fields.text();
      case "Merge Cond" -> mergeCondition = fields.text();
      case "One-Time Filter" -> oneTimeFilter = fields.text();
      case "Order By" -> orderBy = fields.text();
      case "Sort Key" -> sortKey = fields.list();
      case "Output" -> output = fields.list();
      default -> {
        if (!numbers.take(name, fields)) {
          fields.putInto(details);
        }
      }
    }
  }

  private PlanNode node() throws PlanFormatException {
    if (typeName == null) {
      throw new PlanFormatException(outer + pointer, "expected a \"Node Type\"");
    }
    return new PlanNode(
        pointer,
        NodeType.named(typeName),
        // In text output anything may stand there, a part of a literal too.
        TYPE_NAME.matcher(typeName).matches() ? typeName : UNKNOWN,
        new Position(parentRelationship, subplanName, parallelAware),
        new Target(schema, relation, alias, index, other),
        new Conditions(
            filter,
            indexCondition,
            recheckCondition,
            joinFilter,
            hashCondition,
            mergeCondition,
            oneTimeFilter,
            orderBy),
        sortKey,
        output,
        numbers.estimate(),
        numbers.actual(),
        numbers.buffers(),
        details.collected(),
        children);
  }
}
