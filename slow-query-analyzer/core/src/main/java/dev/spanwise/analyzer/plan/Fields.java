package dev.spanwise.analyzer.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of one JSON object, and where it stands in its input. */
record Fields(JsonNode object, String pointer) {

  /** More than a double has. */
  private static final int MOST_ZEROS = 400;

  @Nullable String text(String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? null : string(value);
  }

  boolean isTrue(String name) {
    return "true".equals(text(name));
  }

  @Nullable Double number(String name) throws PlanFormatException {
    JsonNode value = object.get(name);
    if (value != null && value.isNumber()) {
      return value.doubleValue();
    }
    String text = text(name);
    if (text == null) {
      return null;
    }
    // The server's words for them differ between its versions and from Java's.
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "infinity", "inf" -> Double.POSITIVE_INFINITY;
      case "-infinity", "-inf" -> Double.NEGATIVE_INFINITY;
      case "nan", "-nan" -> Double.NaN;
      default -> finite(name, text);
    };
  }

  private double finite(String name, String text) throws PlanFormatException {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException notANumber) {
      throw refused(name, "a number");
    }
  }

  @Nullable Long integer(String name) throws PlanFormatException {
    JsonNode value = object.get(name);
    if (value != null && value.isIntegralNumber() && value.canConvertToLong()) {
      return value.longValue();
    }
    String text = text(name);
    if (text == null) {
      return null;
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException notAnInteger) {
      Double number = number(name);
      if (number == null || number != Math.rint(number)) {
        throw refused(name, "an integer");
      }
      return number.longValue();
    }
  }

  /** The strings of a list; a single string is a list of one. */
  List<String> list(String name) {
    JsonNode value = object.path(name);
    List<String> elements = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(element -> elements.add(string(element)));
    } else if (!value.isMissingNode()) {
      elements.add(string(value));
    }
    return elements;
  }

  /** The fields of an object in this one; none where there is no such object. */
  Fields inside(String name) {
    JsonNode value = object.get(name);
    return new Fields(
        value == null ? MissingNode.getInstance() : value,
        pointer + "/" + name.replace("~", "~0").replace("/", "~1"));
  }

  /** Every other field as {@link PlanNode#details()} has it. */
  Map<String, String> details(Set<String> except) {
    Map<String, String> details = new LinkedHashMap<>();
    object
        .properties()
        .forEach(
            field -> {
              if (!except.contains(field.getKey())) {
                flatten(field.getKey(), field.getValue(), details);
              }
            });
    return details;
  }

  private static void flatten(String name, JsonNode value, Map<String, String> details) {
    if (value.isArray() && name.equals("Grouping Sets")) {
      details.put(name, groupingSets(value));
    } else if (value.isArray() && hasObjects(value)) {
      for (int i = 0; i < value.size(); i++) {
        flatten(name + "." + i, value.get(i), details);
      }
    } else if (value.isObject()) {
      value
          .properties()
          .forEach(field -> flatten(name + "." + field.getKey(), field.getValue(), details));
    } else if (!value.isNull() && !(value.isArray() && value.isEmpty())) {
      details.put(name, string(value));
    }
  }

  private static boolean hasObjects(JsonNode array) {
    return !array.isEmpty() && array.get(0).isContainerNode();
  }

  /** The lines that text output prints for them. */
  private static String groupingSets(JsonNode sets) {
    List<String> lines = new ArrayList<>();
    for (JsonNode set : sets) {
      if (set.has("Sort Key")) {
        lines.add("Sort Key: " + string(set.get("Sort Key")));
      }
      for (String kind : List.of("Hash Key", "Group Key")) {
        for (JsonNode keys : set.path(kind + "s")) {
          lines.add(kind + ": " + (keys.isEmpty() ? "()" : string(keys)));
        }
      }
    }
    return String.join("; ", lines);
  }

  private static String string(JsonNode value) {
    if (value.isArray()) {
      List<String> elements = new ArrayList<>();
      value.forEach(element -> elements.add(string(element)));
      return String.join(", ", elements);
    }
    // All the zeros of 1e999999999 would fill the memory.
    return value.isBigDecimal() && Math.abs((long) value.decimalValue().scale()) <= MOST_ZEROS
        ? value.decimalValue().toPlainString()
        : value.asText();
  }

  /** What stands there instead is not repeated: it may be a literal of the statement. */
  private PlanFormatException refused(String name, String expected) {
    return new PlanFormatException(inside(name).pointer, "expected " + expected);
  }
}
