package dev.spanwise.testing.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the OpenTelemetry SDK exports arrives as it was recorded. */
class OtlpCollectorTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Resource RESOURCE =
      Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "shop"));

  private final OtlpCollector collector = OtlpCollector.start();

  @AfterEach
  void close() {
    collector.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "gzip"})
  void keepsAllOfASpan(String compression) {
    Instant start = Instant.parse("2026-01-02T03:04:05.678901234Z");
    Attributes attributes =
        Attributes.builder()
            .put("string", "text")
            .put("long", 1L << 40)
            .put("double", 0.5)
            .put("boolean", true)
            .put("strings", "a", "b")
            .put("longs", 1, 2)
            .put("doubles", 1.5, 2.5)
            .put("booleans", true, false)
            .build();
    SpanContext linked =
        SpanContext.create(
            "0af7651916cd43dd8448eb211c80319c",
            "b7ad6b7169203331",
            TraceFlags.getSampled(),
            TraceState.getDefault());
    SpanContext parent;
    SpanContext child;
    try (SdkTracerProvider provider = tracerProvider(compression)) {
      Tracer tracer = provider.tracerBuilder("scope").setInstrumentationVersion("1.2").build();
      Span outer = tracer.spanBuilder("outer").setSpanKind(SpanKind.SERVER).startSpan();
      Span inner =
          tracer
              .spanBuilder("inner")
              .setParent(Context.root().with(outer))
              .setSpanKind(SpanKind.PRODUCER)
              .setStartTimestamp(start)
              .setAllAttributes(attributes)
              .addLink(linked, Attributes.of(AttributeKey.longKey("n"), 7L))
              .startSpan();
      inner.addEvent("happened", Attributes.of(AttributeKey.stringKey("k"), "v"), start);
      inner.setStatus(StatusCode.ERROR, "broken");
      inner.end(start.plusNanos(5));
      outer.end();
      parent = outer.getSpanContext();
      child = inner.getSpanContext();
    }

    Telemetry telemetry = collector.await(received -> received.spans().size() == 2, PATIENCE);

    assertThat(telemetry.spans("inner"))
        .containsExactly(
            new ExportedSpan(
                "inner",
                SpanKind.PRODUCER,
                child.getTraceId(),
                child.getSpanId(),
                parent.getSpanId(),
                start,
                start.plusNanos(5),
                attributes,
                List.of(
                    new ExportedSpan.Event(
                        "happened", start, Attributes.of(AttributeKey.stringKey("k"), "v"))),
                List.of(
                    new ExportedSpan.Link(
                        linked.getTraceId(),
                        linked.getSpanId(),
                        Attributes.of(AttributeKey.longKey("n"), 7L))),
                StatusCode.ERROR,
                "broken",
                RESOURCE.getAttributes(),
                new Scope("scope", "1.2")));
    ExportedSpan outer = telemetry.spans("outer").get(0);
    assertThat(outer.parentSpanId()).isNull();
    assertThat(outer.kind()).isEqualTo(SpanKind.SERVER);
    assertThat(outer.status()).isEqualTo(StatusCode.UNSET);
  }

  @Test
  void keepsMetricsWithTheirPointsAndExemplars() {
    Attributes series = Attributes.of(AttributeKey.stringKey("route"), "/orders");
    SpanContext measuredIn;
    try (SdkTracerProvider tracers = tracerProvider("none");
        SdkMeterProvider meters = meterProvider()) {
      Meter meter = meters.get("scope");
      meter.counterBuilder("requests").setUnit("{request}").build().add(3, series);
      meter.upDownCounterBuilder("open").build().add(-2, series);
      meter.gaugeBuilder("load").setDescription("how busy").build().set(0.25, series);
      Span span = tracers.get("scope").spanBuilder("measured").startSpan();
      meter
          .histogramBuilder("duration")
          .setUnit("s")
          .setExplicitBucketBoundariesAdvice(List.of(0.1, 1.0))
          .build()
          .record(0.5, series, Context.root().with(span));
      span.end();
      measuredIn = span.getSpanContext();
    }

    Telemetry telemetry =
        collector.await(received -> !received.metrics("duration").isEmpty(), PATIENCE);

    ExportedMetric requests = telemetry.metrics("requests").get(0);
    assertThat(requests.type()).isEqualTo(ExportedMetric.Type.MONOTONIC_SUM);
    assertThat(requests.unit()).isEqualTo("{request}");
    assertThat(requests.resource()).isEqualTo(RESOURCE.getAttributes());
    assertThat(requests.points()).containsExactly(new MetricPoint.Value(series, 3, List.of()));
    assertThat(telemetry.metrics("open").get(0).type()).isEqualTo(ExportedMetric.Type.SUM);
    assertThat(telemetry.metrics("open").get(0).points())
        .containsExactly(new MetricPoint.Value(series, -2, List.of()));
    assertThat(telemetry.metrics("load").get(0).type()).isEqualTo(ExportedMetric.Type.GAUGE);
    assertThat(telemetry.metrics("load").get(0).description()).isEqualTo("how busy");
    ExportedMetric duration = telemetry.metrics("duration").get(0);
    assertThat(duration.type()).isEqualTo(ExportedMetric.Type.HISTOGRAM);
    assertThat(duration.points())
        .containsExactly(
            new MetricPoint.Distribution(
                series,
                1,
                0.5,
                List.of(0.1, 1.0),
                List.of(0L, 1L, 0L),
                List.of(
                    new MetricPoint.Exemplar(
                        0.5, measuredIn.getTraceId(), measuredIn.getSpanId()))));
  }

  @Test
  void awaitFailsInTimeWithTheNamesOfWhatCame() {
    try (SdkTracerProvider provider = tracerProvider("none")) {
      provider.get("scope").spanBuilder("came").startSpan().end();
    }

    assertThatThrownBy(
            () ->
                collector.await(
                    received -> !received.spans("expected").isEmpty(), Duration.ofMillis(200)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("{came=1}");
  }

  @Test
  void forgetsWhatIsCleared() {
    try (SdkTracerProvider provider = tracerProvider("none")) {
      provider.get("scope").spanBuilder("early").startSpan().end();
    }
    collector.await(received -> !received.spans().isEmpty(), PATIENCE);

    collector.clear();

    assertThat(collector.received().spans()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/x-protobuf"})
  void refusesWhatItCannotReadAndAwaitSaysSo(String contentType) throws Exception {
    assertThat(post("/v1/traces", contentType, "{\"resourceSpans\":[]}")).isBetween(400, 499);

    assertThatThrownBy(() -> collector.await(received -> true, PATIENCE))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("/v1/traces");
  }

  @Test
  void acceptsLogs() throws Exception {
    assertThat(post("/v1/logs", "application/x-protobuf", "")).isEqualTo(200);

    assertThat(collector.await(received -> true, PATIENCE).spans()).isEmpty();
  }

  private int post(String path, String contentType, String body)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(collector.endpoint() + path))
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  private SdkTracerProvider tracerProvider(String compression) {
    return SdkTracerProvider.builder()
        .setResource(RESOURCE)
        .addSpanProcessor(
            SimpleSpanProcessor.create(
                OtlpHttpSpanExporter.builder()
                    .setEndpoint(collector.endpoint() + "/v1/traces")
                    .setCompression(compression)
                    .build()))
        .build();
  }

  private SdkMeterProvider meterProvider() {
    return SdkMeterProvider.builder()
        .setResource(RESOURCE)
        .registerMetricReader(
            PeriodicMetricReader.create(
                OtlpHttpMetricExporter.builder()
                    .setEndpoint(collector.endpoint() + "/v1/metrics")
                    .build()))
        .build();
  }
}
