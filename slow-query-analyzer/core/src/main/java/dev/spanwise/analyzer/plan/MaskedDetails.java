package dev.spanwise.analyzer.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes {@link PlanNode#details()} back into the objects and lists that their names tell. */
final class MaskedDetails {

  private MaskedDetails() {}

  static void write(Map<String, String> details, ObjectNode owner) {
    new TreeMap<>(details)
        .forEach(
            (name, value) -> {
              List<String> path = List.of(name.split("\\.", -1));
              SafeFields kind = SafeFields.at(path);
              if (kind != null && (kind != SafeFields.VALUE || SafeFields.isValue(value))) {
                ObjectNode object = open(owner, path);
                if (object != null) {
                  put(object, path.get(path.size() - 1), kind, value);
                }
              }
            });
  }

  /** Null where a part of the path is of another kind already, so that it cannot be opened. */
  private static @Nullable ObjectNode open(ObjectNode owner, List<String> path) {
    ObjectNode object = owner;
    for (int i = 0; i < path.size() - 1; i++) {
      String name = path.get(i);
      JsonNode inside = object.path(name);
      if (i + 2 < path.size() && SafeFields.isNumber(path.get(i + 1))) {
        int index = index(path.get(++i));
        if (index < 0 || !(inside.isMissingNode() || inside.isArray())) {
          return null;
        }
        ArrayNode elements = object.withArrayProperty(name);
        while (elements.size() <= index) {
          elements.addObject();
        }
        inside = elements.get(index);
      } else if (inside.isMissingNode()) {
        inside = object.putObject(name);
      }
      if (!(inside instanceof ObjectNode inner)) {
        return null;
      }
      object = inner;
    }
    return object;
  }

  /** An index of at most three digits, or -1: a field with a larger one would fill the memory. */
  private static int index(String text) {
    return text.length() <= 3 && text.chars().allMatch(Character::isDigit)
        ? Integer.parseInt(text)
        : -1;
  }

  private static void put(ObjectNode object, String name, SafeFields kind, String value) {
    switch (kind) {
      case NAME -> object.put(name, value);
      case EXPRESSION -> object.put(name, ExpressionMask.of(value));
      case EXPRESSIONS -> {
        ArrayNode masked = object.putArray(name);
        ExpressionList.split(value).forEach(element -> masked.add(ExpressionMask.of(element)));
      }
      case VALUE -> {
        if (SafeFields.isNumber(value)) {
          object.put(name, new BigDecimal(value));
        } else if (value.equals("true") || value.equals("false")) {
          object.put(name, Boolean.parseBoolean(value));
        } else {
          object.put(name, value);
        }
      }
    }
  }
}
