package dev.spanwise.instrumentation.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;

/**
 * A metric as {@code telemetry.yaml} declares it.
 *
 * @param name dotted, without unit: {@code spanwise.read.duration}
 * @param unit as UCUM writes it: {@code s}, {@code By}, {@code {message}}, {@code 1}
 * @param buckets upper bounds of a histogram's buckets, ascending, in the metric's unit; empty for
 *     other kinds
 * @param labels the keys of its labels, in the order in which values are given
 */
public record Metric(
    String name,
    Kind kind,
    String description,
    String unit,
    List<Double> buckets,
    List<AttributeKey<String>> labels) {

  public Metric {
    buckets = List.copyOf(buckets);
    labels = List.copyOf(labels);
  }

  /** How values add up. */
  public enum Kind {
    /** Only grows. */
    COUNTER,
    /** The last value stands. */
    GAUGE,
    /** Values are counted in buckets. */
    HISTOGRAM
  }
}
