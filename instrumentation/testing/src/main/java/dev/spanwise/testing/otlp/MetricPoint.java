package dev.spanwise.testing.otlp;

import io.opentelemetry.api.common.Attributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a metric measured for one set of attributes. */
public sealed interface MetricPoint {

  /** Which of the metric's series the point belongs to. */
  Attributes attributes();

  /** Single measurements, with the spans in which they were made. */
  List<Exemplar> exemplars();

  /** Of a gauge or a sum. */
  record Value(Attributes attributes, double value, List<Exemplar> exemplars)
      implements MetricPoint {

    /** Copies the list. */
    public Value {
      exemplars = List.copyOf(exemplars);
    }
  }

  /**
   * Of a histogram, an exponential histogram or a summary.
   *
   * @param count how many measurements
   * @param sum their sum; null where it was not exported
   * @param bounds the upper bounds of all buckets but the last, which has none; empty for what is
   *     not a histogram of explicit bounds
   * @param bucketCounts one more than bounds, or empty as they are
   */
  record Distribution(
      Attributes attributes,
      long count,
      @Nullable Double sum,
      List<Double> bounds,
      List<Long> bucketCounts,
      List<Exemplar> exemplars)
      implements MetricPoint {

    /** Copies the lists. */
    public Distribution {
      bounds = List.copyOf(bounds);
      bucketCounts = List.copyOf(bucketCounts);
      exemplars = List.copyOf(exemplars);
    }
  }

  /**
   * One measurement.
   *
   * @param traceId 32 digits of hexadecimal, or empty outside a span
   * @param spanId 16 digits of hexadecimal, or empty outside a span
   */
  record Exemplar(double value, String traceId, String spanId) {}
}
