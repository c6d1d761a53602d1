package dev.spanwise.telemetry;

import java.util.List;

/**
 * A metric.
 *
 * @param name the dotted name
 * @param unit {@code s}, {@code By}, {@code 1} or a thing in braces
 * @param buckets a histogram's upper bounds in the unit, ascending, without infinity; else empty
 * @param labels the names of the attributes that are its labels
 */
public record DeclaredMetric(
    String name,
    MetricKind kind,
    String unit,
    List<Double> buckets,
    List<String> labels,
    Stability stability,
    String brief,
    List<Emitter> emitters) {

  public DeclaredMetric {
    buckets = List.copyOf(buckets);
    labels = List.copyOf(labels);
    emitters = List.copyOf(emitters);
  }
}
