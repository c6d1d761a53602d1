package dev.spanwise.instrumentation.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Telemetry that fails in one way, and works in all others. A test that gave it something to do
 * asks at the end whether the failure was met: one that was not shows nothing.
 */
public final class FaultyTelemetry implements AutoCloseable {
  private final TelemetryFault fault;
  private final Failing failing;
  private final InMemorySpanExporter exported = InMemorySpanExporter.create();
  private final SdkTracerProvider tracers;
  private final OpenTelemetry openTelemetry;
  private final MeterRegistry registry;

  private FaultyTelemetry(TelemetryFault fault) {
    this.fault = fault;
    failing = new Failing(fault);
    tracers = tracers();
    openTelemetry = openTelemetry();
    registry = new FaultyRegistry(fault, failing);
  }

  public static FaultyTelemetry start(TelemetryFault fault) {
    return new FaultyTelemetry(fault);
  }

  private SdkTracerProvider tracers() {
    SdkTracerProviderBuilder builder = SdkTracerProvider.builder();
    switch (fault) {
      case EXPORTER_THROWS ->
          builder.addSpanProcessor(SimpleSpanProcessor.create(failing.throwingExporter()));
      case EXPORTER_BLOCKS ->
          builder.addSpanProcessor(
              BatchSpanProcessor.builder(failing.blockingExporter())
                  .setMaxQueueSize(4)
                  .setMaxExportBatchSize(1)
                  .setScheduleDelay(Duration.ofMillis(1))
                  .build());
      case PROCESSOR_THROWS_AT_START -> builder.addSpanProcessor(failing.processor(true, false));
      case PROCESSOR_THROWS_AT_END -> builder.addSpanProcessor(failing.processor(false, true));
      case SAMPLER_THROWS -> builder.setSampler(failing.sampler());
      default -> builder.addSpanProcessor(SimpleSpanProcessor.create(exported));
    }
    SdkTracerProvider provider = builder.build();
    if (fault == TelemetryFault.TRACER_CLOSED) {
      provider.shutdown().join(10, TimeUnit.SECONDS);
    }
    return provider;
  }

  private OpenTelemetry openTelemetry() {
    TextMapPropagator propagator =
        fault == TelemetryFault.PROPAGATOR_THROWS
            ? failing.propagator()
            : W3CTraceContextPropagator.getInstance();
    OpenTelemetry working =
        OpenTelemetrySdk.builder()
            .setTracerProvider(tracers)
            .setPropagators(ContextPropagators.create(propagator))
            .build();
    return switch (fault) {
      case TRACER_THROWS ->
          new FaultyOpenTelemetry(
              working,
              name -> {
                throw failing.now();
              },
              working::getMeter);
      case SPAN_THROWS ->
          new FaultyOpenTelemetry(working, failing.throughout(Tracer.class), working::getMeter);
      case METER_PROVIDER_THROWS ->
          new FaultyOpenTelemetry(
              working,
              working.getTracer("test"),
              scope -> {
                throw failing.now();
              });
      case INSTRUMENT_THROWS ->
          new FaultyOpenTelemetry(
              working, working.getTracer("test"), scope -> failing.throughout(Meter.class));
      default -> working;
    };
  }

  /** With meters by OpenTelemetry where it is these that fail. */
  public Telemetry telemetry() {
    return switch (fault) {
      case METER_PROVIDER_THROWS, INSTRUMENT_THROWS -> Telemetry.of(openTelemetry);
      default -> Telemetry.of(openTelemetry, registry);
    };
  }

  /** What failed was used. */
  public void assertMet() throws InterruptedException {
    assertMet(1);
  }

  /** What failed was used that often. */
  public void assertMet(int times) throws InterruptedException {
    if (fault == TelemetryFault.TRACER_CLOSED) {
      assertThat(exported.getFinishedSpanItems()).isEmpty();
    } else {
      // An exporter may have a thread of its own.
      RecordedTelemetry.await(fault + " to be met, times " + times, () -> failing.times() >= times);
    }
  }

  @Override
  public void close() {
    failing.release();
    tracers.shutdown().join(10, TimeUnit.SECONDS);
  }
}
