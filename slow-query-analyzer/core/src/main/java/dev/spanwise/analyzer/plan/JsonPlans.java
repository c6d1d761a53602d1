package dev.spanwise.analyzer.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON output: EXPLAIN's array, or the single object that auto_explain logs. PostgreSQL
 * prints infinite estimates as bare words, which JSON does not know.
 */
final class JsonPlans {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .build();

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
      return read(output).get(0);
    } catch (JsonProcessingException notJson) {
      return null;
    }
  }

  static List<Plan> read(List<TextLine> lines) throws PlanFormatException {
    try {
      return read(lines.stream().map(TextLine::raw).collect(Collectors.joining("\n")));
    } catch (JsonProcessingException notJson) {
      int line = notJson.getLocation() == null ? 1 : notJson.getLocation().getLineNr();
      throw lines.get(Math.max(0, Math.min(line, lines.size()) - 1)).refused(reason(notJson));
    }
  }

  /** The plan of one object of EXPLAIN's array, or of what text output says of one. */
  static Plan plan(ObjectNode object) throws PlanFormatException {
    try (JsonParser parser = object.traverse()) {
      parser.nextToken();
      return JsonPlan.read(parser, "");
    } catch (IOException e) {
      throw new UncheckedIOException("a tree of JSON values must be readable", e);
    }
  }

  private static List<Plan> read(String output)
      throws JsonProcessingException, PlanFormatException {
    List<Plan> plans = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(output)) {
      parser.nextToken();
      if (!parser.isExpectedStartArrayToken()) {
        plans.add(JsonPlan.read(parser, ""));
      } else {
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
          // A utility statement is a string in the array.
          if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            plans.add(JsonPlan.read(parser, "/" + i));
          }
        }
      }
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "more than one value");
      }
      return plans;
    } catch (JsonProcessingException notJson) {
      throw notJson;
    } catch (IOException e) {
      throw new UncheckedIOException("a string must be readable", e);
    }
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
}
