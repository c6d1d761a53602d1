package dev.spanwise.testing.otlp;

import java.util.List;

/** What was exported up to a moment, in the order of arrival. */
public record Telemetry(List<ExportedSpan> spans, List<ExportedMetric> metrics) {

  /** Copies the lists. */
  public Telemetry {
    spans = List.copyOf(spans);
    metrics = List.copyOf(metrics);
  }

  /** The spans of a name. */
  public List<ExportedSpan> spans(String name) {
    return spans.stream().filter(span -> span.name().equals(name)).toList();
  }

  /** The exports of a metric, the latest last. */
  public List<ExportedMetric> metrics(String name) {
    return metrics.stream().filter(metric -> metric.name().equals(name)).toList();
  }
}
