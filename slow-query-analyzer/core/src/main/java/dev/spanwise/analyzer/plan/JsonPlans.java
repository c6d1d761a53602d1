package dev.spanwise.analyzer.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON output: EXPLAIN's array, or the single object that auto_explain logs. PostgreSQL
 * prints infinite estimates as bare words, which JSON does not know.
 */
final class JsonPlans {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** What the execution time was called. */
  private static final String BEFORE_9_4 = "Total Runtime";

  private static final Set<String> COMPONENTS =
      Set.of(
          "Plan",
          "Query Text",
          "Query Parameters",
          "Query Identifier",
          "Planning Time",
          "Execution Time",
          BEFORE_9_4,
          "Settings",
          "Triggers");
  private static final Pattern PARAMETER =
      Pattern.compile("\\$\\d+ = (?:(NULL)|'((?:[^']|'')*)'(?:\\.\\.\\.)?)(?:, |$)");

  private JsonPlans() {}

  /**
   * The plan in what auto_explain logs, a single object without a table around it: logs hold many,
   * and taking lines apart takes longer than reading them. Null where {@code output} is anything
   * else, or not well-formed: its lines say where.
   */
  static @Nullable Plan logged(String output) throws PlanFormatException {
    int start = 0;
    while (start < output.length() && Character.isWhitespace(output.charAt(start))) {
      start++;
    }
    if (start == output.length() || output.charAt(start) != '{') {
      return null;
    }
    try {
      return plan(MAPPER.readTree(output), "");
    } catch (JsonProcessingException notJson) {
      return null;
    }
  }

  static List<Plan> read(List<TextLine> lines) throws PlanFormatException {
    JsonNode output;
    try {
      output = MAPPER.readTree(lines.stream().map(TextLine::raw).collect(Collectors.joining("\n")));
    } catch (JsonProcessingException notJson) {
      int line = notJson.getLocation() == null ? 1 : notJson.getLocation().getLineNr();
      throw lines.get(Math.max(0, Math.min(line, lines.size()) - 1)).refused(reason(notJson));
    }
    if (output.isObject()) {
      return List.of(plan(output, ""));
    }
    List<Plan> plans = new ArrayList<>();
    for (int i = 0; i < output.size(); i++) {
      JsonNode element = output.get(i);
      // A utility statement is a string in the array.
      if (!element.isTextual()) {
        plans.add(plan(element, "/" + i));
      }
    }
    return plans;
  }

  /** In words of ours: Jackson's quote the input. */
  private static String reason(JsonProcessingException notJson) {
    if (notJson instanceof JsonEOFException) {
      return "not JSON: it ends inside a value";
    }
    return notJson instanceof StreamConstraintsException
        ? "a value that is longer, or nests deeper, than any plan's"
        : "not JSON: it is not well-formed";
  }

  /** The plan in one object of EXPLAIN's array, which stands at {@code pointer} in its input. */
  static Plan plan(JsonNode object, String pointer) throws PlanFormatException {
    Fields fields = new Fields(object, pointer);
    JsonNode root = object.get("Plan");
    if (root == null || !root.isObject()) {
      throw new PlanFormatException(
          pointer.isEmpty() ? "/" : pointer, "expected an object with a \"Plan\" object");
    }
    String parameters = fields.text("Query Parameters");
    return new Plan(
        JsonPlanNode.read(root, pointer, "/Plan"),
        fields.text("Query Text"),
        parameters == null ? null : parameters(parameters),
        fields.integer("Query Identifier"),
        fields.number("Planning Time"),
        fields.number(object.has("Execution Time") ? "Execution Time" : BEFORE_9_4),
        jitMs(fields),
        settings(object.path("Settings")),
        triggers(object.path("Triggers"), pointer + "/Triggers"),
        fields.details(COMPONENTS));
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

  private static @Nullable Double jitMs(Fields fields) throws PlanFormatException {
    return fields.inside("JIT").inside("Timing").number("Total");
  }

  private static Map<String, String> settings(JsonNode object) {
    Map<String, String> settings = new LinkedHashMap<>();
    object
        .properties()
        .forEach(setting -> settings.put(setting.getKey(), setting.getValue().asText()));
    return settings;
  }

  private static List<Trigger> triggers(JsonNode array, String pointer) throws PlanFormatException {
    List<Trigger> triggers = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      Fields fields = new Fields(array.get(i), pointer + "/" + i);
      Long calls = fields.integer("Calls");
      triggers.add(
          new Trigger(
              fields.text("Trigger Name"),
              fields.text("Constraint Name"),
              fields.text("Relation"),
              fields.number("Time"),
              calls == null ? 0 : calls));
    }
    return triggers;
  }
}
