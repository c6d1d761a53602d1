package dev.spanwise.testing.contract;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span as it left the application.
 *
 * @param kind as OpenTelemetry writes it, such as {@code CLIENT}
 * @param scope the name of the instrumentation
 * @param attributes strings, longs, doubles, booleans
 * @param links the ids of the spans that it links to
 */
public record ExportedSpan(
    String traceId,
    String spanId,
    @Nullable String parentSpanId,
    String name,
    String kind,
    String scope,
    Map<String, Object> attributes,
    List<String> links,
    boolean error) {

  public @Nullable Object attribute(String key) {
    return attributes.get(key);
  }
}
