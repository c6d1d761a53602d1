package dev.spanwise.benchmarks;

import dev.spanwise.instrumentation.read.NamedReadSpanProcessor;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.tracer.otel.OpenTelemetrySpanContext;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What an application has: OpenTelemetry's SDK with the batching processor, whose exporter discards
 * the spans, and a Prometheus registry with exemplars.
 */
final class BenchmarkTelemetry implements AutoCloseable {
  final OpenTelemetrySdk sdk;
  final MeterRegistry registry =
      new PrometheusMeterRegistry(
          PrometheusConfig.DEFAULT,
          new PrometheusRegistry(),
          Clock.SYSTEM,
          new OpenTelemetrySpanContext());

  private final Discarding exporter = new Discarding();

  private BenchmarkTelemetry(Sampler sampler) {
    sdk =
        OpenTelemetrySdk.builder()
            .setTracerProvider(
                SdkTracerProvider.builder()
                    .setSampler(sampler)
                    .addSpanProcessor(new NamedReadSpanProcessor())
                    .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                    .build())
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build();
  }

  static BenchmarkTelemetry sampled() {
    return new BenchmarkTelemetry(Sampler.alwaysOn());
  }

  static BenchmarkTelemetry sampled(boolean sampled) {
    return new BenchmarkTelemetry(sampled ? Sampler.alwaysOn() : Sampler.alwaysOff());
  }

  Tracer tracer() {
    return sdk.getTracer("dev.spanwise.benchmarks");
  }

  Telemetry telemetry() {
    return Telemetry.of(sdk, registry);
  }

  /** How many spans have come to the exporter, all that have ended among them. */
  long endedSpans() {
    sdk.getSdkTracerProvider().forceFlush().join(10, TimeUnit.SECONDS);
    return exporter.exported.get();
  }

  @Override
  public void close() {
    sdk.close();
    registry.close();
  }

  private static final class Discarding implements SpanExporter {
    final AtomicLong exported = new AtomicLong();

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      exported.addAndGet(spans.size());
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
