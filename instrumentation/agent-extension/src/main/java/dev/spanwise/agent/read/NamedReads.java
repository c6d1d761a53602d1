package dev.spanwise.agent.read;

import static java.util.stream.Collectors.toUnmodifiableList;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
   * @param patterns read name to its patterns, several separated by {@code |}
   * @throws IllegalArgumentException naming the read whose name or pattern is blank
   */
  static NamedReads of(Map<String, String> patterns) {
    List<ReadPattern> parsed = new ArrayList<>();
    patterns.forEach(
        (read, alternatives) -> {
          for (String pattern : alternatives.split("\\|", -1)) {
            parsed.add(ReadPattern.of(read, pattern));
          }
        });
    return new NamedReads(parsed);
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
