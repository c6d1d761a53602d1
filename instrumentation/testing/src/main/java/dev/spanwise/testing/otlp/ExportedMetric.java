package dev.spanwise.testing.otlp;

import io.opentelemetry.api.common.Attributes;
import java.util.List;

/**
 * A metric as it was exported once; each export adds one more.
 *
 * @param unit as by <a href="https://ucum.org/ucum">UCUM</a>, such as {@code s}; empty where none
 *     was said
 * @param resource the attributes of what made the metric, such as {@code service.name}
 */
public record ExportedMetric(
    String name,
    String description,
    String unit,
    Type type,
    List<MetricPoint> points,
    Attributes resource,
    Scope scope) {

  /** Copies the list. */
  public ExportedMetric {
    points = List.copyOf(points);
  }

  /** What kind of metric it is; a sum that only grows is what others call a counter. */
  public enum Type {
    GAUGE,
    MONOTONIC_SUM,
    SUM,
    HISTOGRAM,
    EXPONENTIAL_HISTOGRAM,
    SUMMARY
  }
}
