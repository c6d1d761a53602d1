package dev.spanwise.instrumentation.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Telemetry that a test can read back. */
public final class RecordedTelemetry {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final OpenTelemetry openTelemetry =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                  .build())
          .setPropagators(
              ContextPropagators.create(
                  TextMapPropagator.composite(
                      W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance())))
          .build();

  public Telemetry telemetry() {
    return Telemetry.of(openTelemetry, registry);
  }

  public Tracer tracer() {
    return openTelemetry.getTracer("test");
  }

  public List<SpanData> spans() {
    return exporter.getFinishedSpanItems();
  }

  /** The one span of that name. */
  public SpanData span(String name) {
    List<SpanData> named = spans().stream().filter(span -> span.getName().equals(name)).toList();
    if (named.size() != 1) {
      throw new AssertionError("not one span " + name + " but " + spans());
    }
    return named.get(0);
  }

  /** How often a counter or a histogram with these tags (key, value, …) counted; 0 if never. */
  public double count(String metric, String... tags) {
    double counters =
        registry.find(metric).tags(tags).counters().stream()
            .mapToDouble(io.micrometer.core.instrument.Counter::count)
            .sum();
    return counters
        + registry.find(metric).tags(tags).timers().stream()
            .mapToDouble(io.micrometer.core.instrument.Timer::count)
            .sum();
  }

  /** The sum of a histogram of durations. */
  public Duration sum(String metric, String... tags) {
    return registry.find(metric).tags(tags).timers().stream()
        .map(
            timer ->
                Duration.ofNanos((long) timer.totalTime(java.util.concurrent.TimeUnit.NANOSECONDS)))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** The value of a gauge; null where there is none. */
  public @Nullable Double gauge(String metric, String... tags) {
    Gauge gauge = registry.find(metric).tags(tags).gauge();
    return gauge == null || Double.isNaN(gauge.value()) ? null : gauge.value();
  }

  /** Names and tags of all meters. */
  public List<String> meters() {
    return registry.getMeters().stream().map(meter -> meter.getId().toString()).toList();
  }

  public static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("waited " + PATIENCE + " in vain: " + what);
      }
      Thread.sleep(10);
    }
  }
}
