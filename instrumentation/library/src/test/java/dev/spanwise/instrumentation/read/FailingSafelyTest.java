package dev.spanwise.instrumentation.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanwise.instrumentation.telemetry.Telemetry;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Whatever fails within telemetry, a read's own result or exception comes through unchanged. */
class FailingSafelyTest {
  @Test
  void anExporterThatThrows() {
    comesThrough(sdk(SimpleSpanProcessor.create(new ThrowingExporter())), working());
  }

  @Test
  void aProcessorThatThrows() {
    comesThrough(sdk(new ThrowingProcessor()), working());
  }

  @Test
  void aClosedTracerProvider() {
    SdkTracerProvider provider = SdkTracerProvider.builder().build();
    provider.close();
    comesThrough(OpenTelemetrySdk.builder().setTracerProvider(provider).build(), working());
  }

  @Test
  void aRegistryThatMakesNoTimers() {
    comesThrough(
        OpenTelemetry.noop(),
        new SimpleMeterRegistry() {
          @Override
          protected Timer newTimer(
              Meter.Id id, DistributionStatisticConfig config, PauseDetector pauses) {
            throw new AssertionError("no timers today");
          }
        });
  }

  @Test
  void aRegistryWithoutAClock() {
    comesThrough(
        OpenTelemetry.noop(),
        new SimpleMeterRegistry(
            SimpleConfig.DEFAULT,
            new Clock() {
              @Override
              public long wallTime() {
                throw new IllegalStateException("no time today");
              }

              @Override
              public long monotonicTime() {
                throw new IllegalStateException("no time today");
              }
            }));
  }

  @Test
  void aStageThatTakesNoFollower() {
    NamedRead read = read(OpenTelemetry.noop(), working());
    CompletableFuture<String> lonely =
        new CompletableFuture<>() {
          @Override
          public CompletableFuture<String> whenComplete(
              java.util.function.BiConsumer<? super String, ? super Throwable> action) {
            throw new UnsupportedOperationException("alone");
          }
        };

    CompletableFuture<String> given = read.callAsync(running -> lonely);
    assertThat(given).isSameAs(lonely);
  }

  private static void comesThrough(OpenTelemetry openTelemetry, MeterRegistry registry) {
    NamedRead read = read(openTelemetry, registry);
    Object result = new Object();
    IOException failure = new IOException("the read's own");
    CompletableFuture<String> future = new CompletableFuture<>();

    Object came = read.call(running -> result);
    assertThat(came).isSameAs(result);
    assertThatThrownBy(
            () ->
                read.call(
                    running -> {
                      throw failure;
                    }))
        .isSameAs(failure)
        .hasNoSuppressedExceptions();
    CompletableFuture<String> given = read.callAsync(running -> future);
    assertThat(given).isSameAs(future);
    assertThat(future.complete("done")).isTrue();
    assertThat(Context.current()).isSameAs(Context.root());
  }

  private static NamedRead read(OpenTelemetry openTelemetry, MeterRegistry registry) {
    return NamedReads.create(Telemetry.of(openTelemetry, registry)).named("watchlist");
  }

  private static MeterRegistry working() {
    return new SimpleMeterRegistry();
  }

  private static OpenTelemetry sdk(SpanProcessor processor) {
    SdkTracerProviderBuilder provider = SdkTracerProvider.builder().addSpanProcessor(processor);
    return OpenTelemetrySdk.builder().setTracerProvider(provider.build()).build();
  }

  private static final class ThrowingExporter implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      throw new IllegalStateException("no export today");
    }

    @Override
    public CompletableResultCode flush() {
      throw new IllegalStateException("no flush today");
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }

  private static final class ThrowingProcessor implements SpanProcessor {
    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
      if (span.getName().equals("watchlist")) {
        throw new IllegalStateException("no start today");
      }
    }

    @Override
    public boolean isStartRequired() {
      return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {
      throw new AssertionError("no end today");
    }

    @Override
    public boolean isEndRequired() {
      return true;
    }
  }
}
