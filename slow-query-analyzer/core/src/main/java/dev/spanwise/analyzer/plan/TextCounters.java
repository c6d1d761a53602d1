package dev.spanwise.analyzer.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of text output that list {@code name=number}, as the fields of JSON output. */
final class TextCounters {

  /** Begins with a name's first word only: from each further one the rest would be read again. */
  private static final Pattern COUNTER =
      Pattern.compile(
          "(?<![a-z_])(?<![a-z_] )([a-z_]++(?: [a-z_]++)*+)\\s*+=\\s*+([0-9]++(?:\\.[0-9]++)?)");

  private static final Pattern JIT_OPTION =
      Pattern.compile(
          "([A-Z][a-z]+) ([0-9.]+|true|false)(?: ms)?(?: \\(([A-Z][a-z]+) ([0-9.]+) ms\\))?");
  private static final Map<String, String> WAL =
      Map.of("records", "Records", "fpi", "FPI", "bytes", "Bytes", "buffers full", "Buffers Full");

  private TextCounters() {}

  /** {@code shared hit=4 read=1, temp read=8} and so on. */
  static void putBuffers(ObjectNode owner, String value) {
    eachOfScopes(
        value,
        (scope, counter, number) ->
            owner.put(prefix(scope) + capitalized(counter) + " Blocks", number));
  }

  /**
   * Times in milliseconds: {@code shared read=1.5} since PostgreSQL 17, {@code shared/local
   * read=1.5} in 15 and 16, {@code read=1.5} before.
   */
  static void putTimings(ObjectNode owner, String value) {
    eachOfScopes(
        value,
        (scope, counter, number) ->
            owner.put(prefix(scope) + "I/O " + capitalized(counter) + " Time", number));
  }

  static void putWal(ObjectNode owner, String value) {
    each(value, (name, number) -> owner.put("WAL " + WAL.getOrDefault(name, name), number));
  }

  static void putHeapBlocks(ObjectNode owner, String value) {
    each(value, (name, number) -> owner.put(capitalized(name) + " Heap Blocks", number));
  }

  static void putTuples(ObjectNode owner, String value) {
    each(value, (name, number) -> owner.put("Tuples " + capitalized(name), number));
  }

  /** Memory in kB. */
  static void putMemory(ObjectNode owner, String value) {
    each(value, (name, number) -> owner.put("Memory " + capitalized(name), number));
  }

  /** {@code Inlining false, …} or {@code Emission 3.5 ms, …}; one time can be a part of another. */
  static void putJit(ObjectNode owner, String value) {
    Matcher matcher = JIT_OPTION.matcher(value);
    while (matcher.find()) {
      if (matcher.group(3) == null) {
        owner.put(matcher.group(1), matcher.group(2));
      } else {
        owner
            .withObjectProperty(matcher.group(1))
            .put(matcher.group(3), matcher.group(4))
            .put("Total", matcher.group(2));
      }
    }
  }

  private interface ScopedCounter {
    void accept(String scope, String counter, String number);
  }

  private static void eachOfScopes(String value, ScopedCounter counter) {
    for (String part : value.split(", ", -1)) {
      int space = part.indexOf(' ');
      int equals = part.indexOf('=');
      boolean scoped = space >= 0 && space < equals;
      String scope = scoped ? part.substring(0, space) : "";
      each(
          scoped ? part.substring(space + 1) : part,
          (name, number) -> counter.accept(scope, name, number));
    }
  }

  private static void each(String value, BiConsumer<String, String> counter) {
    Matcher matcher = COUNTER.matcher(value);
    while (matcher.find()) {
      counter.accept(matcher.group(1), matcher.group(2));
    }
  }

  private static String prefix(String scope) {
    return scope.isEmpty() || scope.equals("shared/local") ? "" : capitalized(scope) + " ";
  }

  private static String capitalized(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
