package dev.spanwise.instrumentation.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Parts of telemetry that throw, and count how often they were asked to do their work. */
final class Failing {
  private final TelemetryFault fault;
  private final AtomicInteger times = new AtomicInteger();
  private final CountDownLatch released = new CountDownLatch(1);

  Failing(TelemetryFault fault) {
    this.fault = fault;
  }

  int times() {
    return times.get();
  }

  void release() {
    released.countDown();
  }

  /** An error as often as an exception. */
  RuntimeException now() {
    if (times.incrementAndGet() % 2 == 0) {
      throw new NoClassDefFoundError(fault + " today");
    }
    return new IllegalStateException(fault + " today");
  }

  private record Exporter(Runnable work) implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      work.run();
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

  SpanExporter throwingExporter() {
    return new Exporter(
        () -> {
          throw now();
        });
  }

  SpanExporter blockingExporter() {
    return new Exporter(
        () -> {
          times.incrementAndGet();
          try {
            released.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  SpanProcessor processor(boolean atStart, boolean atEnd) {
    return new SpanProcessor() {
      @Override
      public void onStart(Context parent, ReadWriteSpan span) {
        throw now();
      }

      @Override
      public boolean isStartRequired() {
        return atStart;
      }

      @Override
      public void onEnd(ReadableSpan span) {
        throw now();
      }

      @Override
      public boolean isEndRequired() {
        return atEnd;
      }
    };
  }

  Sampler sampler() {
    return new Sampler() {
      @Override
      public SamplingResult shouldSample(
          Context parent,
          String traceId,
          String name,
          SpanKind kind,
          Attributes attributes,
          List<LinkData> links) {
        throw now();
      }

      @Override
      public String getDescription() {
        return fault.name();
      }
    };
  }

  TextMapPropagator propagator() {
    return new TextMapPropagator() {
      @Override
      public Collection<String> fields() {
        return List.of("traceparent");
      }

      @Override
      public <C> void inject(Context context, @Nullable C carrier, TextMapSetter<C> setter) {
        throw now();
      }

      @Override
      public <C> Context extract(Context context, @Nullable C carrier, TextMapGetter<C> getter) {
        throw now();
      }
    };
  }

  /** What it gives throws in the end: every method of a span, or of an instrument. */
  <T> T throughout(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> given(type, proxy, method, arguments)));
  }

  private Object given(
      Class<?> type, Object proxy, Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    if (method.getName().equals("storeInContext")) {
      return InvocationHandler.invokeDefault(proxy, method, arguments);
    }
    if (type != Span.class && method.getReturnType().isInterface()) {
      return method.getReturnType().isInstance(proxy) ? proxy : throughout(method.getReturnType());
    }
    throw now();
  }
}
