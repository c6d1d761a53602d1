package dev.spanwise.telemetry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one mapping, each asked for by its key. What is missing or of another form becomes
 * a mistake and a value that breaks no further rule; what nobody asked for is an unknown key.
 */
final class Fields {

  private final YamlNode node;
  private final Mistakes mistakes;
  private final Map<String, YamlNode> left;
  private final List<String> asked = new ArrayList<>();

  Fields(YamlNode node, Mistakes mistakes) {
    this.node = node;
    this.mistakes = mistakes;
    if (node instanceof YamlNode.Mapping mapping) {
      left = new LinkedHashMap<>(mapping.entries());
    } else {
      mistakes.add(node, "a mapping belongs here");
      left = new LinkedHashMap<>();
    }
  }

  YamlNode node() {
    return node;
  }

  boolean has(String key) {
    return node instanceof YamlNode.Mapping mapping && mapping.entries().containsKey(key);
  }

  /** Whether a mapping's sequence is missing or has no item. */
  boolean isEmpty(String key) {
    return node instanceof YamlNode.Mapping
        && (!has(key)
            || (at(key) instanceof YamlNode.Sequence sequence && sequence.items().isEmpty()));
  }

  /** The entry's place, else the mapping's. */
  YamlNode at(String key) {
    return node instanceof YamlNode.Mapping mapping
        ? mapping.entries().getOrDefault(key, node)
        : node;
  }

  String text(String key) {
    String text = optionalText(key);
    if (text == null && node instanceof YamlNode.Mapping) {
      mistakes.add(node, "\"" + key + "\" is missing");
    }
    return text == null ? "" : text;
  }

  @Nullable String optionalText(String key) {
    YamlNode value = take(key);
    return value == null ? null : scalar(value);
  }

  <E extends Enum<E>> E choice(String key, E fallback) {
    String text = text(key);
    return text.isEmpty() ? fallback : choice(at(key), text, fallback);
  }

  /** A number of 1 and more. */
  int count(String key) {
    String text = text(key);
    try {
      int count = text.isEmpty() ? 1 : Integer.parseInt(text);
      if (count > 0) {
        return count;
      }
    } catch (NumberFormatException e) {
      // Falls to the mistake below, as a number that is none does.
    }
    mistakes.add(at(key), "a whole number from 1 belongs here, not \"" + text + "\"");
    return 1;
  }

  /** A finite number; not a number where it is none, which is neither above nor below others. */
  double number(YamlNode value) {
    String text = scalar(value);
    try {
      if (text.isEmpty()) {
        return Double.NaN;
      }
      double number = Double.parseDouble(text);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls to the mistake below, as infinity does.
    }
    mistakes.add(value, "a finite number belongs here, not \"" + text + "\"");
    return Double.NaN;
  }

  <E extends Enum<E>> List<E> choices(String key, E fallback) {
    return list(key, item -> choice(item, scalar(item), fallback));
  }

  List<String> texts(String key) {
    return list(key, this::scalar);
  }

  /** The items of a sequence; none where the key is absent. */
  <T> List<T> list(String key, Function<YamlNode, T> item) {
    YamlNode value = take(key);
    if (value == null) {
      return List.of();
    }
    if (value instanceof YamlNode.Sequence sequence) {
      return sequence.items().stream().map(item).toList();
    }
    mistakes.add(value, "a sequence belongs here");
    return List.of();
  }

  @Nullable Fields optionalMapping(String key) {
    YamlNode value = take(key);
    return value == null ? null : new Fields(value, mistakes);
  }

  /** To be called last: what nobody asked for is a mistake. */
  void close() {
    left.forEach(
        (key, value) ->
            mistakes.add(
                value,
                "the key \"%s\" is unknown; known here: %s"
                    .formatted(key, String.join(", ", asked))));
  }

  private @Nullable YamlNode take(String key) {
    asked.add(key);
    return left.remove(key);
  }

  private String scalar(YamlNode value) {
    if (value instanceof YamlNode.Scalar scalar && !scalar.text().isBlank()) {
      return scalar.text();
    }
    mistakes.add(value, "a text belongs here");
    return "";
  }

  private <E extends Enum<E>> E choice(YamlNode place, String text, E fallback) {
    Class<E> type = fallback.getDeclaringClass();
    for (E constant : type.getEnumConstants()) {
      if (written(constant).equals(text)) {
        return constant;
      }
    }
    if (!text.isEmpty()) {
      mistakes.add(
          place,
          "\"%s\" is none of %s"
              .formatted(
                  text,
                  Arrays.stream(type.getEnumConstants())
                      .map(Fields::written)
                      .collect(Collectors.joining(", "))));
    }
    return fallback;
  }

  /** A constant as the contract writes it. */
  static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
