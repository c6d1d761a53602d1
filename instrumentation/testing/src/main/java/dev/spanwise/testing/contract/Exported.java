package dev.spanwise.testing.contract;

import dev.spanwise.testing.otlp.ExportedMetric;
import dev.spanwise.testing.otlp.ExportedSpan;
import dev.spanwise.testing.otlp.MetricPoint;
import dev.spanwise.testing.otlp.Telemetry;
import io.opentelemetry.api.common.AttributeKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a run of an application left behind.
 *
 * @param output what the application said, {@code key=value} a line; of a key said again the last
 * @param log everything that its process printed, a line each
 */
public record Exported(Telemetry telemetry, Map<String, String> output, List<String> log) {
  private static final AttributeKey<String> QUERY = AttributeKey.stringKey("db.query.text");

  /**
   * Its name before the stable conventions, to which not every agent can be told to switch by file.
   */
  private static final AttributeKey<String> OLD_QUERY = AttributeKey.stringKey("db.statement");

  /** Reads the application's output out of what its process printed. */
  public static Exported of(Telemetry telemetry, List<String> log) {
    Map<String, String> output = new HashMap<>();
    for (String line : log) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        output.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return new Exported(telemetry, output, log);
  }

  /** All spans. */
  public List<ExportedSpan> spans() {
    return telemetry.spans();
  }

  /** The spans of statements whose text contains a word. */
  public List<ExportedSpan> statements(String word) {
    return spans().stream().filter(span -> statement(span).contains(word)).toList();
  }

  /** The text of a statement's span; empty for another span. */
  public static String statement(ExportedSpan span) {
    return Stream.of(QUERY, OLD_QUERY)
        .map(span.attributes()::get)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("");
  }

  /** The spans that have an attribute. */
  public List<ExportedSpan> spansWith(AttributeKey<?> attribute) {
    return spans().stream().filter(span -> span.attributes().get(attribute) != null).toList();
  }

  /** The spans with this value of an attribute. */
  public <T> List<ExportedSpan> spansWith(AttributeKey<T> attribute, T value) {
    return spans().stream().filter(span -> value.equals(span.attributes().get(attribute))).toList();
  }

  /** The points of a metric as it was exported last; none where it was not. */
  public List<MetricPoint> points(String metric) {
    List<ExportedMetric> exports = telemetry.metrics(metric);
    return exports.isEmpty() ? List.of() : exports.get(exports.size() - 1).points();
  }
}
