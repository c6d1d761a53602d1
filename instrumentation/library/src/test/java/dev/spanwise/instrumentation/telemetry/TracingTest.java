package dev.spanwise.instrumentation.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TracingTest {
  private static final TextMapGetter<Map<String, String>> GETTER =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> carrier) {
          return carrier.keySet();
        }

        @Override
        public String get(Map<String, String> carrier, String key) {
          throw new IllegalStateException("malformed " + key);
        }
      };

  @Test
  void aSpanIsCurrentBetweenItsScopesAndExportedWithItsError() {
    InMemorySpanExporter exporter = InMemorySpanExporter.create();
    Tracing tracing = tracing(sdk(SimpleSpanProcessor.create(exporter)));

    SafeSpan span = tracing.start("parent", SpanKind.INTERNAL, Attributes.empty());
    Scope scope = span.makeCurrent();
    SafeSpan child = tracing.start("child", SpanKind.CLIENT, Attributes.empty());
    child.recordError(new IllegalStateException("boom"));
    child.end();
    span.close(scope);
    span.end();

    assertThat(exporter.getFinishedSpanItems())
        .satisfiesExactly(
            first -> {
              assertThat(first.getName()).isEqualTo("child");
              assertThat(first.getAttributes().asMap().toString())
                  .contains("error.type=java.lang.IllegalStateException");
              assertThat(first.getEvents())
                  .singleElement()
                  .satisfies(event -> assertThat(event.getName()).isEqualTo("exception"));
            },
            second ->
                assertThat(second.getSpanId())
                    .isEqualTo(exporter.getFinishedSpanItems().get(0).getParentSpanId()));
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "TRACER_CLOSED",
        "TRACER_THROWS",
        "SAMPLER_THROWS",
        "PROCESSOR_THROWS_AT_START",
        "SPAN_THROWS",
        "PROCESSOR_THROWS_AT_END",
        "EXPORTER_THROWS"
      })
  void aSpanThatFailsKeepsTheParentsContextAndThrowsNothing(TelemetryFault fault) throws Exception {
    ContextKey<String> tenant = ContextKey.named("tenant");
    Context parent = Context.root().with(tenant, "north");
    try (FaultyTelemetry faulty = FaultyTelemetry.start(fault)) {
      Tracing tracing = faulty.telemetry().tracing("test");
      SafeSpan span =
          tracing.start(
              "x",
              SpanKind.CONSUMER,
              parent,
              Attributes.empty(),
              List.of(SpanContext.getInvalid()));
      Scope scope = span.makeCurrent();
      assertThat(Context.current().get(tenant)).isEqualTo("north");
      span.setAttribute(SpanwiseAttributes.SPANWISE_READ_ROWS, 1L);
      span.updateName("y");
      span.recordError("terminated");
      span.recordError(new IllegalStateException("boom"));
      span.close(scope);
      span.end();
      span.end(Instant.EPOCH);
      faulty.assertMet();
    }
    assertThat(Context.current()).isSameAs(Context.root());
  }

  @ParameterizedTest
  @EnumSource(
      names = {"TRACER_CLOSED", "TRACER_THROWS", "SAMPLER_THROWS", "PROCESSOR_THROWS_AT_START"})
  void whereASpanCannotBeStartedTheParentsStandsForIt(TelemetryFault fault) {
    SpanContext caller =
        SpanContext.create(
            "0af7651916cd43dd8448eb211c80319c",
            "b7ad6b7169203331",
            TraceFlags.getSampled(),
            TraceState.getDefault());
    Context parent = Context.root().with(Span.wrap(caller));
    try (FaultyTelemetry faulty = FaultyTelemetry.start(fault)) {
      SafeSpan span =
          faulty
              .telemetry()
              .tracing("test")
              .start("x", SpanKind.CONSUMER, parent, Attributes.empty(), List.of());

      assertThat(span.isRecording()).isFalse();
      assertThat(Span.fromContext(span.context()).getSpanContext()).isEqualTo(caller);
      span.end();
    }
  }

  @Test
  void whatGivesNoTracerIsLeftAlone() {
    OpenTelemetry broken =
        new OpenTelemetry() {
          @Override
          public TracerProvider getTracerProvider() {
            throw new IllegalStateException("closed");
          }

          @Override
          public ContextPropagators getPropagators() {
            throw new IllegalStateException("closed");
          }
        };

    SafeSpan span = tracing(broken).start("x", SpanKind.INTERNAL, Attributes.empty());

    assertThat(span.isRecording()).isFalse();
    span.end();
  }

  @Test
  void aMalformedCarrierGivesTheContextThatWasThere() {
    OpenTelemetry sdk =
        OpenTelemetrySdk.builder()
            .setPropagators(
                ContextPropagators.create(
                    io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator.getInstance()))
            .build();

    assertThat(tracing(sdk).extract(Context.root(), Map.of("traceparent", "x"), GETTER))
        .isSameAs(Context.root());
  }

  private static OpenTelemetry sdk(SpanProcessor processor) {
    return OpenTelemetrySdk.builder()
        .setTracerProvider(SdkTracerProvider.builder().addSpanProcessor(processor).build())
        .build();
  }

  private static Tracing tracing(OpenTelemetry openTelemetry) {
    return Telemetry.of(openTelemetry, new SimpleMeterRegistry()).tracing("test");
  }
}
