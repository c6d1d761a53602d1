package dev.spanwise.analyzer.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The lines of text output below all nodes, as the fields that JSON output has beside the plan. */
final class TextSummary {

  private static final Pattern TIME = Pattern.compile("([0-9.]+) ms");
  private static final Pattern SETTING =
      Pattern.compile("([\\w.]+) = '(.*?)'(?:, (?=[\\w.]+ = ')|$)", Pattern.DOTALL);
  private static final Pattern TRIGGER =
      Pattern.compile(
          "Trigger(?: (?!for constraint )(.+?))?(?: for constraint (.+?))?(?: on (.+?))?:"
              + " (?:time=([0-9.]+) )?calls=([0-9]+)");
  private static final Pattern SERIALIZATION =
      Pattern.compile("(?:time=([0-9.]+) ms\\s+)?output=([0-9]+)kB\\s+format=(\\w+)");

  /** What PostgreSQL 9.4 to 11, and before, called what JSON output calls otherwise. */
  private static final Map<String, String> OLDER_NAMES =
      Map.of(
          "Total runtime", "Total Runtime",
          "Planning time", "Planning Time",
          "Execution time", "Execution Time");

  private TextSummary() {}

  /**
   * Reads {@code line} into {@code plan}.
   *
   * @return what deeper lines belong to, if not to {@code plan}
   */
  static @Nullable ObjectNode put(TextLine line, ObjectNode plan) throws PlanFormatException {
    String text = line.text();
    Matcher trigger = TRIGGER.matcher(text);
    if (trigger.matches()) {
      putTrigger(plan.withArrayProperty("Triggers").addObject(), trigger);
      return null;
    }
    String name = TextDetail.name(line);
    String value = text.substring(Math.min(name.length() + 1, text.length())).strip();
    switch (name) {
      case "Settings" -> {
        ObjectNode settings = plan.withObjectProperty(name);
        SETTING.matcher(value).results().forEach(s -> settings.put(s.group(1), s.group(2)));
        return null;
      }
      case "Serialization" -> {
        return putSerialization(plan.withObjectProperty(name), value);
      }
      default -> {
        Matcher time = TIME.matcher(value);
        if (time.matches()) {
          plan.put(OLDER_NAMES.getOrDefault(name, name), time.group(1));
          return null;
        }
        return TextDetail.put(line, plan);
      }
    }
  }

  private static void putTrigger(ObjectNode trigger, Matcher printed) {
    put(trigger, "Trigger Name", printed.group(1));
    put(trigger, "Constraint Name", printed.group(2));
    put(trigger, "Relation", printed.group(3));
    put(trigger, "Time", printed.group(4));
    put(trigger, "Calls", printed.group(5));
  }

  private static ObjectNode putSerialization(ObjectNode serialization, String value) {
    Matcher printed = SERIALIZATION.matcher(value);
    if (printed.matches()) {
      put(serialization, "Time", printed.group(1));
      put(serialization, "Output Volume", printed.group(2));
      put(serialization, "Format", printed.group(3));
    }
    return serialization;
  }

  private static void put(ObjectNode object, String field, @Nullable String value) {
    if (value != null) {
      object.put(field, value);
    }
  }
}
