package dev.spanwise.instrumentation.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import dev.spanwise.instrumentation.telemetry.SpanwiseMetrics;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NamedReadTest {
  @RegisterExtension
  static final OpenTelemetryExtension telemetry = OpenTelemetryExtension.create();

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final NamedRead watchlist =
      NamedReads.create(Telemetry.of(telemetry.getOpenTelemetry(), registry)).named("watchlist");

  @Test
  void aReadIsASpanAndADuration() {
    int result =
        watchlist.<Integer, RuntimeException>call(
            read -> {
              read.rows(3);
              read.cacheHit();
              return 42;
            });

    assertThat(result).isEqualTo(42);
    assertThat(span().getName()).isEqualTo("watchlist");
    assertThat(span().getKind()).isEqualTo(SpanKind.INTERNAL);
    assertThat(span().getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(attribute(SpanwiseAttributes.SPANWISE_READ_NAME)).isEqualTo("watchlist");
    assertThat(attribute(SpanwiseAttributes.SPANWISE_READ_OUTCOME)).isEqualTo("success");
    assertThat(attribute(SpanwiseAttributes.SPANWISE_READ_CACHE)).isEqualTo("hit");
    assertThat(attribute(SpanwiseAttributes.SPANWISE_READ_ROWS)).isEqualTo(3);
    assertThat(recorded("success", "hit")).isEqualTo(1);
    assertThat(registry.find(SpanwiseMetrics.SPANWISE_READ_DURATION.name()).timers()).hasSize(1);
  }

  @Test
  void whatIsNotSaidIsNotOnTheSpan() {
    watchlist.call(read -> 0);

    assertThat(attribute(SpanwiseAttributes.SPANWISE_READ_CACHE)).isNull();
    assertThat(attribute(SpanwiseAttributes.SPANWISE_READ_ROWS)).isNull();
    assertThat(recorded("success", "none")).isEqualTo(1);
  }

  @Test
  void aReadThatIsNotSampledIsADurationAlone() {
    try (SdkTracerProvider tracers =
        SdkTracerProvider.builder().setSampler(Sampler.alwaysOff()).build()) {
      boolean found = notSampled(tracers).call(read -> RunningRead.of(Context.current()) != null);
      assertThat(found).isFalse();
    }

    assertThat(recorded("success", "none")).isEqualTo(1);
  }

  @Test
  void aReadThatIsNotSampledIsNotTakenForTheOneAroundIt() {
    try (SdkTracerProvider tracers =
        SdkTracerProvider.builder().setSampler(Sampler.alwaysOff()).build()) {
      NamedRead inner = notSampled(tracers);
      boolean itself =
          watchlist.call(outer -> inner.call(read -> RunningRead.of(Context.current()) == read));
      assertThat(itself).isTrue();
    }
  }

  private NamedRead notSampled(SdkTracerProvider tracers) {
    OpenTelemetrySdk sdk = OpenTelemetrySdk.builder().setTracerProvider(tracers).build();
    return NamedReads.create(Telemetry.of(sdk, registry)).named("watchlist");
  }

  @Test
  void aCheckedExceptionPassesThroughUnchanged() {
    IOException failure = new IOException("disk");

    assertThatThrownBy(() -> failing(failure)).isSameAs(failure);

    assertThat(span().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(attribute(SpanwiseAttributes.SPANWISE_READ_OUTCOME)).isEqualTo("error");
    assertThat(attribute(SpanwiseAttributes.ERROR_TYPE)).isEqualTo("java.io.IOException");
    assertThat(recorded("error", "miss")).isEqualTo(1);
  }

  /** Compiles only as long as the compiler finds the one checked exception. */
  private int failing(IOException failure) throws IOException {
    return watchlist.call(
        read -> {
          read.cacheMiss();
          if (read.name().equals("watchlist")) {
            throw failure;
          }
          return 1;
        });
  }

  @Test
  void aCancelledReadIsNoError() {
    CancellationException cancelled = new CancellationException();

    assertThatThrownBy(
            () ->
                watchlist.call(
                    read -> {
                      throw cancelled;
                    }))
        .isSameAs(cancelled);

    assertThat(span().getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(attribute(SpanwiseAttributes.SPANWISE_READ_OUTCOME)).isEqualTo("cancelled");
    assertThat(recorded("cancelled", "none")).isEqualTo(1);
  }

  @Test
  void theBodysContextIsTheReadsAndTheCallersComesBack() {
    Context before = Context.current();

    String spanId =
        watchlist.<String, RuntimeException>call(
            read -> {
              assertThat(RunningRead.of(Context.current())).isSameAs(read);
              return Span.current().getSpanContext().getSpanId();
            });

    assertThat(spanId).isEqualTo(span().getSpanId());
    assertThat(Context.current()).isSameAs(before);
  }

  @Test
  void anAsynchronousReadEndsWhenItsFutureDoes() {
    CompletableFuture<String> future = new CompletableFuture<>();

    CompletableFuture<String> given =
        watchlist.callAsync(
            read -> {
              assertThat(RunningRead.of(Context.current())).isSameAs(read);
              return future;
            });

    assertThat(given).isSameAs(future);
    assertThat(RunningRead.of(Context.current())).isNull();
    assertThat(telemetry.getSpans()).isEmpty();
    future.complete("quotes");
    assertThat(attribute(SpanwiseAttributes.SPANWISE_READ_OUTCOME)).isEqualTo("success");
    assertThat(recorded("success", "none")).isEqualTo(1);
  }

  @Test
  void aFailedFutureKeepsItsExceptionAndTheSpanNamesTheCause() {
    IOException failure = new IOException("remote");
    CompletableFuture<String> source = new CompletableFuture<>();
    CompletableFuture<Integer> given =
        watchlist.callAsync(read -> source.thenApply(String::length));

    source.completeExceptionally(failure);

    assertThat(catchThrowable(() -> given.get(1, TimeUnit.SECONDS)).getCause()).isSameAs(failure);
    assertThat(attribute(SpanwiseAttributes.ERROR_TYPE)).isEqualTo("java.io.IOException");
    assertThat(attribute(SpanwiseAttributes.SPANWISE_READ_OUTCOME)).isEqualTo("error");
  }

  @Test
  void aCancelledFutureEndsTheReadAsCancelled() {
    CompletableFuture<String> given = watchlist.callAsync(read -> new CompletableFuture<>());

    given.cancel(true);

    assertThat(attribute(SpanwiseAttributes.SPANWISE_READ_OUTCOME)).isEqualTo("cancelled");
    assertThat(span().getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
  }

  @Test
  void aBodyThatThrowsInsteadOfReturningAFutureEndsTheRead() {
    IOException failure = new IOException("refused");

    assertThatThrownBy(
            () ->
                watchlist.<CompletableFuture<String>, IOException>callAsync(
                    read -> {
                      throw failure;
                    }))
        .isSameAs(failure);

    assertThat(attribute(SpanwiseAttributes.SPANWISE_READ_OUTCOME)).isEqualTo("error");
    assertThat(RunningRead.of(Context.current())).isNull();
  }

  private double recorded(String outcome, String cache) {
    return registry
        .get(SpanwiseMetrics.SPANWISE_READ_DURATION.name())
        .tag(SpanwiseAttributes.SPANWISE_READ_NAME.getKey(), "watchlist")
        .tag(SpanwiseAttributes.SPANWISE_READ_OUTCOME.getKey(), outcome)
        .tag(SpanwiseAttributes.SPANWISE_READ_CACHE.getKey(), cache)
        .timer()
        .count();
  }

  private static <T> @Nullable T attribute(AttributeKey<T> key) {
    return span().getAttributes().get(key);
  }

  private static SpanData span() {
    assertThat(telemetry.getSpans()).hasSize(1);
    return telemetry.getSpans().get(0);
  }
}
