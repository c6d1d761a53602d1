package dev.spanwise.telemetry;

import java.util.Map;

/**
 * A span that was exported.
 *
 * @param scope the name of its instrumentation scope: those that begin with {@code dev.spanwise}
 *     are ours
 * @param attributes values by their keys
 */
public record ObservedSpan(
    String scope, String name, SpanKind kind, Map<String, Object> attributes) {

  public ObservedSpan {
    attributes = Map.copyOf(attributes);
  }

  boolean isOurs() {
    return scope.equals("dev.spanwise") || scope.startsWith("dev.spanwise.");
  }
}
