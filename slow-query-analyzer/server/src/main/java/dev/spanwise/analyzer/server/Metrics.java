package dev.spanwise.analyzer.server;

import dev.spanwise.analyzer.report.Report;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The analysis in Prometheus' text format. No label holds statement text, nor any other unbounded
 * value.
 */
final class Metrics {

  static final String MEDIA_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private Metrics() {}

  static byte[] of(LiveAnalysis analysis) {
    Report report = analysis.report();
    MetricSnapshots snapshots =
        new MetricSnapshots(
            findings(report),
            lost(report),
            links(report),
            counter(ServerMetric.SPANS_RECEIVED, analysis.spansReceived()),
            counter(ServerMetric.PLANS_READ, analysis.plansReceived()),
            counter(ServerMetric.INPUT_REJECTED, analysis.rejectedCount()),
            gauge(ServerMetric.REPORT_TIMESTAMP)
                .dataPoint(
                    GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .value(report.generatedAt().toEpochMilli() / 1000.0)
                        .build())
                .build());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(out, snapshots);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  private static InfoSnapshot findings(Report report) {
    InfoSnapshot.Builder info =
        InfoSnapshot.builder()
            .name(ServerMetric.FINDING.prometheusName())
            .help(ServerMetric.FINDING.help());
    for (Report.Finding finding : report.findings()) {
      info.dataPoint(
          InfoSnapshot.InfoDataPointSnapshot.builder()
              .labels(labels(finding).add(ServerLabel.SEVERITY, finding.severity()))
              .build());
    }
    return info.build();
  }

  private static GaugeSnapshot lost(Report report) {
    GaugeSnapshot.Builder gauge = gauge(ServerMetric.FINDING_SAVED);
    for (Report.Finding finding : report.findings()) {
      if (finding.savedMs() != null) {
        gauge.dataPoint(
            GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .labels(labels(finding))
                .value(finding.savedMs() / 1000)
                .build());
      }
    }
    return gauge.build();
  }

  private static Labels labels(Report.Finding finding) {
    return Labels.of(
        ServerLabel.FINDING, finding.id(),
        ServerLabel.RULE, finding.rule(),
        ServerLabel.SERVICE, orEmpty(finding.service()),
        ServerLabel.OPERATION, orEmpty(finding.operation()),
        ServerLabel.RELATION, orEmpty(finding.relation()));
  }

  private static GaugeSnapshot links(Report report) {
    Report.Links links = report.links();
    return gauge(ServerMetric.LINKS)
        .dataPoint(link(ServerLabel.CONFIDENCE_EXACT, links.exact()))
        .dataPoint(link(ServerLabel.CONFIDENCE_PROBABLE, links.probable()))
        .dataPoint(link(ServerLabel.CONFIDENCE_AMBIGUOUS, links.ambiguous()))
        .dataPoint(link(ServerLabel.CONFIDENCE_UNLINKED, links.unlinked()))
        .build();
  }

  private static GaugeSnapshot.GaugeDataPointSnapshot link(String confidence, long count) {
    return GaugeSnapshot.GaugeDataPointSnapshot.builder()
        .labels(Labels.of(ServerLabel.CONFIDENCE, confidence))
        .value((double) count)
        .build();
  }

  private static GaugeSnapshot.Builder gauge(ServerMetric metric) {
    return GaugeSnapshot.builder().name(metric.prometheusName()).help(metric.help());
  }

  private static CounterSnapshot counter(ServerMetric metric, long value) {
    return CounterSnapshot.builder()
        .name(metric.prometheusName())
        .help(metric.help())
        .dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder().value((double) value).build())
        .build();
  }

  private static String orEmpty(@Nullable String label) {
    return Objects.requireNonNullElse(label, "");
  }
}
