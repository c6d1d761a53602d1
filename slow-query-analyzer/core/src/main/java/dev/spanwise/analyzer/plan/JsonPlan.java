package dev.spanwise.analyzer.plan;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one plan of JSON output, as its fields come. */
final class JsonPlan {

  private static final Pattern PARAMETER =
      // Possessive: what can be given back is kept on the stack, a frame for each repetition.
      Pattern.compile("\\$\\d+ = (?:(NULL)|'([^']*+(?:''[^']*+)*+)'(?:\\.\\.\\.)?)(?:, |$)");

  private final String pointer;
  private final Map<String, String> settings = new HashMap<>();
  private final List<Trigger> triggers = new ArrayList<>();
  private final Details details = new Details();
  private @Nullable PlanNode root;
  private @Nullable String queryText;
  private @Nullable List<@Nullable String> parameters;
  private @Nullable Long queryId;
  private @Nullable Double planningMs;
  private @Nullable Double executionMs;

  private JsonPlan(String pointer) {
    this.pointer = pointer;
  }

  /**
   * The plan in the object that starts where {@code parser} stands.
   *
   * @param pointer pointer of the object in the input
   */
  static Plan read(JsonParser parser, String pointer) throws IOException, PlanFormatException {
    JsonPlan plan = new JsonPlan(pointer);
    if (parser.isExpectedStartObjectToken()) {
      Fields fields = new Fields(parser, pointer);
      for (String name = fields.next(); name != null; name = fields.next()) {
        plan.take(name, fields, parser);
      }
    }
    return plan.plan();
  }

  private void take(String name, Fields fields, JsonParser parser)
      throws IOException, PlanFormatException {
    switch (name) {
      case "Plan" -> {
        if (fields.isObject()) {
          root = JsonPlanNode.read(parser, pointer, "/Plan");
        } else {
          fields.skip();
        }
      }
      case "Query Text" -> queryText = fields.text();
      case "Query Parameters" -> {
        String printed = fields.text();
        parameters = printed == null ? null : parameters(printed);
      }
      case "Query Identifier" -> queryId = fields.integer();
      case "Planning Time" -> planningMs = fields.number();
      // So called before 9.4.
      case "Execution Time", "Total Runtime" -> executionMs = fields.number();
      case "Settings" -> settings(fields);
      case "Triggers" ->
          fields.forEach(
              (element, i) -> triggers.add(trigger(element, pointer + "/Triggers/" + i)));
      default -> fields.putInto(details);
    }
  }

  private Plan plan() throws PlanFormatException {
    if (root == null) {
      throw new PlanFormatException(
          pointer.isEmpty() ? "/" : pointer, "expected an object with a \"Plan\" object");
    }
    return new Plan(
        root,
        queryText,
        parameters,
        queryId,
        planningMs,
        executionMs,
        jitMs(),
        settings,
        triggers,
        details.collected());
  }

  /** The values of {@code $1 = 'one', $2 = NULL}; one that was cut ends in dots. */
  private static List<@Nullable String> parameters(String printed) {
    List<@Nullable String> values = new ArrayList<>();
    Matcher matcher = PARAMETER.matcher(printed);
    while (matcher.find()) {
      String value = matcher.group(2);
      values.add(value == null ? null : value.replace("''", "'"));
    }
    return values;
  }

  private @Nullable Double jitMs() throws PlanFormatException {
    String total = details.collected().get("JIT.Timing.Total");
    if (total == null) {
      return null;
    }
    try {
      return Double.valueOf(total);
    } catch (NumberFormatException notANumber) {
      throw new PlanFormatException(pointer + "/JIT/Timing/Total", "expected a number");
    }
  }

  private void settings(Fields fields) throws IOException {
    if (!fields.isObject()) {
      fields.skip();
      return;
    }
    Fields inside = fields.inside();
    for (String name = inside.next(); name != null; name = inside.next()) {
      String value = inside.text();
      settings.put(name, value == null ? "" : value);
    }
  }

  private static Trigger trigger(JsonParser parser, String pointer)
      throws IOException, PlanFormatException {
    String name = null;
    String constraint = null;
    String relation = null;
    Double timeMs = null;
    Long calls = null;
    if (parser.isExpectedStartObjectToken()) {
      Fields fields = new Fields(parser, pointer);
      for (String field = fields.next(); field != null; field = fields.next()) {
        switch (field) {
          case "Trigger Name" -> name = fields.text();
          case "Constraint Name" -> constraint = fields.text();
          case "Relation" -> relation = fields.text();
          case "Time" -> timeMs = fields.number();
          case "Calls" -> calls = fields.integer();
          default -> fields.skip();
        }
      }
    } else {
      parser.skipChildren();
    }
    return new Trigger(name, constraint, relation, timeMs, calls == null ? 0 : calls);
  }
}
