package dev.spanwise.agent.read;

import static java.util.stream.Collectors.toUnmodifiableList;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The configured reads, in the order of the configuration: the first that matches names the span.
 * Immutable.
 */
final class NamedReads {
  private final List<ReadPattern> ofRoutes;
  private final List<ReadPattern> ofNames;

  private NamedReads(List<ReadPattern> patterns) {
    ofRoutes = patterns.stream().filter(ReadPattern::ofRoute).collect(toUnmodifiableList());
    ofNames = patterns.stream().filter(p -> !p.ofRoute()).collect(toUnmodifiableList());
  }

  /**
   * Reads one line: {@code name=pattern[|pattern…]}, separated by commas.
   *
   * @param leftOut is told of each entry that is not of that form; the others count
   */
  static NamedReads parse(String reads, Consumer<String> leftOut) {
    List<ReadPattern> parsed = new ArrayList<>();
    for (String entry : reads.split(",", -1)) {
      int equals = entry.indexOf('=');
      if (equals >= 0) {
        parse(entry.substring(0, equals), entry.substring(equals + 1), parsed, leftOut);
      } else if (!entry.isBlank()) {
        leftOut.accept("'" + entry.strip() + "' is not name=pattern");
      }
    }
    return new NamedReads(parsed);
  }

  /**
   * @param patterns read name to its patterns, several separated by {@code |}
   * @param leftOut is told of each read whose name or pattern is blank; the others count
   */
  static NamedReads of(Map<String, String> patterns, Consumer<String> leftOut) {
    List<ReadPattern> parsed = new ArrayList<>();
    patterns.forEach((read, alternatives) -> parse(read, alternatives, parsed, leftOut));
    return new NamedReads(parsed);
  }

  private static void parse(
      String read, String alternatives, List<ReadPattern> parsed, Consumer<String> leftOut) {
    for (String pattern : alternatives.split("\\|", -1)) {
      if (read.isBlank() || pattern.isBlank()) {
        leftOut.accept(
            "'" + read.strip() + "=" + alternatives.strip() + "' lacks a name or a pattern");
      } else {
        parsed.add(ReadPattern.of(read, pattern));
      }
    }
  }

  boolean isEmpty() {
    return ofRoutes.isEmpty() && ofNames.isEmpty();
  }

  /** The read's name, or null for a span that is no read. */
  @Nullable String name(@Nullable String route, String spanName) {
    if (route != null) {
      for (ReadPattern pattern : ofRoutes) {
        if (pattern.matches(route)) {
          return pattern.read();
        }
      }
    }
    for (ReadPattern pattern : ofNames) {
      if (pattern.matches(spanName)) {
        return pattern.read();
      }
    }
    return null;
  }
}
