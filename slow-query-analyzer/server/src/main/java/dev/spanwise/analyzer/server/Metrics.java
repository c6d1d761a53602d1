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
            counter("spanwise_spans_received", "Spans received.", analysis.spansReceived()),
            counter("spanwise_plans_read", "Executed plans read.", analysis.plansReceived()),
            counter(
                "spanwise_input_rejected",
                "Pieces of input that could not be used.",
                analysis.rejectedCount()),
            GaugeSnapshot.builder()
                .name("spanwise_report_timestamp_seconds")
                .help("When the latest report was made.")
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
        InfoSnapshot.builder().name("spanwise_finding").help("One for each finding of the report.");
    for (Report.Finding finding : report.findings()) {
      info.dataPoint(
          InfoSnapshot.InfoDataPointSnapshot.builder()
              .labels(labels(finding).add("severity", finding.severity()))
              .build());
    }
    return info.build();
  }

  private static GaugeSnapshot lost(Report report) {
    GaugeSnapshot.Builder gauge =
        GaugeSnapshot.builder()
            .name("spanwise_finding_saved_seconds")
            .help(
                "Wall time over the report's window that the finding's cure would save, estimated.");
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
        "finding", finding.id(),
        "rule", finding.rule(),
        "service", orEmpty(finding.service()),
        "operation", orEmpty(finding.operation()),
        "relation", orEmpty(finding.relation()));
  }

  private static GaugeSnapshot links(Report report) {
    Report.Links links = report.links();
    return GaugeSnapshot.builder()
        .name("spanwise_links")
        .help("Slow spans of the report's window by how surely they are tied to an executed plan.")
        .dataPoint(link("exact", links.exact()))
        .dataPoint(link("probable", links.probable()))
        .dataPoint(link("ambiguous", links.ambiguous()))
        .dataPoint(link("unlinked", links.unlinked()))
        .build();
  }

  private static GaugeSnapshot.GaugeDataPointSnapshot link(String confidence, long count) {
    return GaugeSnapshot.GaugeDataPointSnapshot.builder()
        .labels(Labels.of("confidence", confidence))
        .value((double) count)
        .build();
  }

  private static CounterSnapshot counter(String name, String help, long value) {
    return CounterSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder().value((double) value).build())
        .build();
  }

  private static String orEmpty(@Nullable String label) {
    return Objects.requireNonNullElse(label, "");
  }
}
