package dev.spanwise.instrumentation.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.instrumentation.telemetry.SpanwiseMetrics;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.tracer.otel.OpenTelemetrySpanContext;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A duration leads to the trace of the read that took it. */
class ExemplarTest {
  private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final SdkTracerProvider tracers =
      SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(spans)).build();

  @Test
  void prometheusScrapesTheReadsTrace() {
    PrometheusMeterRegistry registry = prometheus();
    read(registry).call(running -> 0);

    assertThat(registry.scrape(OPEN_METRICS).lines())
        .filteredOn(line -> line.startsWith("spanwise_read_duration_seconds_bucket{"))
        .filteredOn(line -> line.contains("# {"))
        .singleElement()
        .asString()
        .contains("trace_id=\"" + span().getTraceId() + "\"")
        .contains("span_id=\"" + span().getSpanId() + "\"");
  }

  @Test
  void prometheusScrapesTheTraceOfAnAsynchronousReadToo() {
    PrometheusMeterRegistry registry = prometheus();
    CompletableFuture<String> future = new CompletableFuture<>();
    CompletableFuture<String> given = read(registry).callAsync(running -> future);
    CompletableFuture.runAsync(() -> future.complete("elsewhere")).join();

    assertThat(given).isCompleted();
    assertThat(registry.scrape(OPEN_METRICS)).contains("span_id=\"" + span().getSpanId() + "\"");
  }

  @Test
  void openTelemetryCollectsTheReadsTrace() {
    InMemoryMetricReader reader = InMemoryMetricReader.create();
    OpenTelemetrySdk sdk =
        OpenTelemetrySdk.builder()
            .setTracerProvider(tracers)
            .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(reader).build())
            .build();
    NamedReads.create(Telemetry.of(sdk)).named("watchlist").call(running -> 0);

    assertThat(reader.collectAllMetrics())
        .filteredOn(
            metric -> metric.getName().equals(SpanwiseMetrics.SPANWISE_READ_DURATION.name()))
        .flatExtracting(metric -> metric.getHistogramData().getPoints())
        .singleElement()
        .satisfies(
            point ->
                assertThat(point.getExemplars())
                    .extracting(exemplar -> exemplar.getSpanContext().getSpanId())
                    .containsExactly(span().getSpanId()));
  }

  private static PrometheusMeterRegistry prometheus() {
    return new PrometheusMeterRegistry(
        PrometheusConfig.DEFAULT,
        new PrometheusRegistry(),
        Clock.SYSTEM,
        new OpenTelemetrySpanContext());
  }

  private NamedRead read(PrometheusMeterRegistry registry) {
    OpenTelemetrySdk sdk = OpenTelemetrySdk.builder().setTracerProvider(tracers).build();
    return NamedReads.create(Telemetry.of(sdk, registry)).named("watchlist");
  }

  private SpanData span() {
    assertThat(spans.getFinishedSpanItems()).hasSize(1);
    return spans.getFinishedSpanItems().get(0);
  }
}
