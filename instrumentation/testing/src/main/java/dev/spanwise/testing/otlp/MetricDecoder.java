package dev.spanwise.testing.otlp;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads the metrics of OTLP. */
final class MetricDecoder {
  private MetricDecoder() {}

  /**
   * Reads a request.
   *
   * @throws IllegalArgumentException if a metric has no data of a known kind
   */
  static List<ExportedMetric> decode(ExportMetricsServiceRequest request) {
    List<ExportedMetric> metrics = new ArrayList<>();
    for (ResourceMetrics ofResource : request.getResourceMetricsList()) {
      Attributes resource = AttributeDecoder.decode(ofResource.getResource().getAttributesList());
      for (ScopeMetrics ofScope : ofResource.getScopeMetricsList()) {
        Scope scope = SpanDecoder.scope(ofScope.getScope());
        for (Metric metric : ofScope.getMetricsList()) {
          metrics.add(
              new ExportedMetric(
                  metric.getName(),
                  metric.getDescription(),
                  metric.getUnit(),
                  type(metric),
                  points(metric),
                  resource,
                  scope));
        }
      }
    }
    return metrics;
  }

  private static ExportedMetric.Type type(Metric metric) {
    return switch (metric.getDataCase()) {
      case GAUGE -> ExportedMetric.Type.GAUGE;
      case SUM ->
          metric.getSum().getIsMonotonic()
              ? ExportedMetric.Type.MONOTONIC_SUM
              : ExportedMetric.Type.SUM;
      case HISTOGRAM -> ExportedMetric.Type.HISTOGRAM;
      case EXPONENTIAL_HISTOGRAM -> ExportedMetric.Type.EXPONENTIAL_HISTOGRAM;
      case SUMMARY -> ExportedMetric.Type.SUMMARY;
      case DATA_NOT_SET -> throw noData(metric);
    };
  }

  private static List<MetricPoint> points(Metric metric) {
    return switch (metric.getDataCase()) {
      case GAUGE -> all(metric.getGauge().getDataPointsList(), MetricDecoder::value);
      case SUM -> all(metric.getSum().getDataPointsList(), MetricDecoder::value);
      case HISTOGRAM -> all(metric.getHistogram().getDataPointsList(), MetricDecoder::histogram);
      case EXPONENTIAL_HISTOGRAM ->
          all(metric.getExponentialHistogram().getDataPointsList(), MetricDecoder::exponential);
      case SUMMARY -> all(metric.getSummary().getDataPointsList(), MetricDecoder::summary);
      case DATA_NOT_SET -> throw noData(metric);
    };
  }

  private static IllegalArgumentException noData(Metric metric) {
    return new IllegalArgumentException(
        "the metric \"" + metric.getName() + "\" has no data of a known kind");
  }

  private static <T> List<MetricPoint> all(List<T> points, Function<T, MetricPoint> decoder) {
    return points.stream().map(decoder).toList();
  }

  private static MetricPoint value(NumberDataPoint point) {
    return new MetricPoint.Value(
        AttributeDecoder.decode(point.getAttributesList()),
        point.hasAsInt() ? point.getAsInt() : point.getAsDouble(),
        exemplars(point.getExemplarsList()));
  }

  private static MetricPoint histogram(HistogramDataPoint point) {
    return new MetricPoint.Distribution(
        AttributeDecoder.decode(point.getAttributesList()),
        point.getCount(),
        point.hasSum() ? point.getSum() : null,
        point.getExplicitBoundsList(),
        point.getBucketCountsList(),
        exemplars(point.getExemplarsList()));
  }

  private static MetricPoint exponential(ExponentialHistogramDataPoint point) {
    return new MetricPoint.Distribution(
        AttributeDecoder.decode(point.getAttributesList()),
        point.getCount(),
        point.hasSum() ? point.getSum() : null,
        List.of(),
        List.of(),
        exemplars(point.getExemplarsList()));
  }

  private static MetricPoint summary(SummaryDataPoint point) {
    return new MetricPoint.Distribution(
        AttributeDecoder.decode(point.getAttributesList()),
        point.getCount(),
        point.getSum(),
        List.of(),
        List.of(),
        List.of());
  }

  private static List<MetricPoint.Exemplar> exemplars(
      List<io.opentelemetry.proto.metrics.v1.Exemplar> exemplars) {
    return exemplars.stream()
        .map(
            exemplar ->
                new MetricPoint.Exemplar(
                    exemplar.hasAsInt() ? exemplar.getAsInt() : exemplar.getAsDouble(),
                    SpanDecoder.hexadecimal(exemplar.getTraceId()),
                    SpanDecoder.hexadecimal(exemplar.getSpanId())))
        .toList();
  }
}
