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
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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

  @Test
  void aProcessorThatThrowsAtTheStartAndAtTheEndBreaksNothing() {
    Tracing tracing =
        tracing(
            sdk(
                new SpanProcessor() {
                  @Override
                  public void onStart(Context parent, ReadWriteSpan span) {
                    throw new AssertionError("start");
                  }

                  @Override
                  public boolean isStartRequired() {
                    return true;
                  }

                  @Override
                  public void onEnd(ReadableSpan span) {
                    throw new IllegalStateException("end");
                  }

                  @Override
                  public boolean isEndRequired() {
                    return true;
                  }

                  @Override
                  public CompletableResultCode shutdown() {
                    return CompletableResultCode.ofSuccess();
                  }
                }));

    SafeSpan span = tracing.start("read", SpanKind.INTERNAL, Attributes.empty());
    Scope scope = span.makeCurrent();
    span.setAttribute(SpanwiseAttributes.SPANWISE_READ_ROWS, 1L);
    span.close(scope);
    span.end();

    assertThat(Context.current()).isEqualTo(Context.root());
  }

  @Test
  void aFailedTracerKeepsTheParentsContext() {
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
    for (Tracing tracing : List.of(tracing(broken), RecordedTelemetry.broken().tracing("test"))) {
      ContextKey<String> tenant = ContextKey.named("tenant");
      SpanContext caller =
          SpanContext.create(
              "0af7651916cd43dd8448eb211c80319c",
              "b7ad6b7169203331",
              TraceFlags.getSampled(),
              TraceState.getDefault());
      Context parent = Context.root().with(tenant, "north").with(Span.wrap(caller));

      SafeSpan span =
          tracing.start(
              "x",
              SpanKind.CONSUMER,
              parent,
              Attributes.empty(),
              List.of(SpanContext.getInvalid()));

      assertThat(span.isRecording()).isFalse();
      assertThat(span.context().get(tenant)).isEqualTo("north");
      assertThat(Span.fromContext(span.context()).getSpanContext()).isEqualTo(caller);
      span.end();
    }
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
