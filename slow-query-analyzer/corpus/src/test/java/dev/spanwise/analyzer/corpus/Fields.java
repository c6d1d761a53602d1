package dev.spanwise.analyzer.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fields of one mapping of a case file. What is not asked for is refused at the end. */
final class Fields {

  private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|d)");

  private final String place;
  private final JsonNode mapping;
  private final Set<String> asked = new LinkedHashSet<>();

  /**
   * @param place file and field, for errors
   */
  Fields(String place, JsonNode mapping) {
    this.place = place;
    this.mapping = mapping;
    if (!mapping.isObject()) {
      throw wrong("is no mapping of names to values");
    }
  }

  String text(String name) {
    String text = textOrNull(name);
    if (text == null || text.isBlank()) {
      throw wrong(name + " is missing");
    }
    return text.strip();
  }

  @Nullable String textOrNull(String name) {
    asked.add(name);
    JsonNode value = mapping.get(name);
    if (value != null && !value.isValueNode()) {
      throw wrong(name + " is no text");
    }
    return value == null ? null : value.asText();
  }

  Duration duration(String name, Duration otherwise) {
    Duration duration = durationOrNull(name);
    return duration == null ? otherwise : duration;
  }

  @Nullable Duration durationOrNull(String name) {
    String text = textOrNull(name);
    if (text == null) {
      return null;
    }
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw wrong(name + " is no duration such as 20ms, 2s or 60d: " + text);
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "d" -> Duration.ofDays(count);
      case "s" -> Duration.ofSeconds(count);
      default -> Duration.ofMillis(count);
    };
  }

  int count(String name, int otherwise) {
    String text = textOrNull(name);
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("[1-9]\\d{0,6}")) {
      throw wrong(name + " is no number from 1 on: " + text);
    }
    return Integer.parseInt(text);
  }

  <E extends Enum<E>> E constant(String name, E otherwise) {
    String text = textOrNull(name);
    if (text == null) {
      return otherwise;
    }
    for (E constant : otherwise.getDeclaringClass().getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
        return constant;
      }
    }
    throw wrong(name + " has no such value: " + text);
  }

  List<String> texts(String name) {
    return elements(name, JsonNode::asText);
  }

  /** Mappings in a list. */
  <T> List<T> mappings(String name, Function<Fields, T> reading) {
    List<T> all = new ArrayList<>();
    for (JsonNode element : elements(name, Function.identity())) {
      Fields fields = new Fields(place + ", " + name + " " + (all.size() + 1), element);
      all.add(reading.apply(fields));
      fields.refuseOthers();
    }
    return all;
  }

  <T> @Nullable T mapping(String name, Function<Fields, T> reading) {
    asked.add(name);
    JsonNode value = mapping.get(name);
    if (value == null) {
      return null;
    }
    Fields fields = new Fields(place + ", " + name, value);
    T read = reading.apply(fields);
    fields.refuseOthers();
    return read;
  }

  Map<String, String> textByName(String name) {
    asked.add(name);
    JsonNode value = mapping.get(name);
    return value == null ? Map.of() : new Fields(place + ", " + name, value).allTexts();
  }

  /** The only field, whatever its name. */
  Map.Entry<String, String> only() {
    Map<String, String> all = allTexts();
    if (all.size() != 1) {
      throw wrong("has not one field but " + all.size());
    }
    return all.entrySet().iterator().next();
  }

  void refuseOthers() {
    mapping
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!asked.contains(name)) {
                throw wrong("has no field " + name);
              }
            });
  }

  IllegalArgumentException wrong(String rule) {
    return new IllegalArgumentException(place + ": " + rule);
  }

  private Map<String, String> allTexts() {
    Map<String, String> all = new LinkedHashMap<>();
    mapping.fieldNames().forEachRemaining(name -> all.put(name, text(name)));
    return all;
  }

  private <T> List<T> elements(String name, Function<JsonNode, T> reading) {
    asked.add(name);
    JsonNode value = mapping.get(name);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      throw wrong(name + " is no list");
    }
    List<T> all = new ArrayList<>();
    value.forEach(element -> all.add(reading.apply(element)));
    return all;
  }
}
