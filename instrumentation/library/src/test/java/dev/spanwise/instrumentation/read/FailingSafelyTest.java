package dev.spanwise.instrumentation.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanwise.instrumentation.telemetry.FaultyTelemetry;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import dev.spanwise.instrumentation.telemetry.TelemetryFault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever fails within telemetry, a read's own result or exception comes through unchanged. */
@Timeout(120) // for an exporter that blocks: until then nothing is timed
class FailingSafelyTest {
  // A read has no message to put its context into.
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PROPAGATOR_THROWS")
  void aReadReturnsItsResultAndThrowsItsException(TelemetryFault fault) throws Exception {
    try (FaultyTelemetry faulty = FaultyTelemetry.start(fault)) {
      NamedRead read = NamedReads.create(faulty.telemetry()).named("watchlist");
      Object result = new Object();
      IOException failure = new IOException("the read's own");
      for (int i = 0; i < 20; i++) {
        Object came =
            read.call(
                running -> {
                  running.cacheMiss();
                  running.rows(1);
                  return result;
                });
        assertThat(came).isSameAs(result);
        assertThatThrownBy(
                () ->
                    read.call(
                        running -> {
                          throw failure;
                        }))
            .isSameAs(failure)
            .hasNoSuppressedExceptions();
      }
      faulty.assertMet();
    }
    assertThat(Context.current()).isSameAs(Context.root());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PROPAGATOR_THROWS")
  void aFutureIsTheBodysOwnAndCompletesAsItDid(TelemetryFault fault) throws Exception {
    try (FaultyTelemetry faulty = FaultyTelemetry.start(fault)) {
      NamedRead read = NamedReads.create(faulty.telemetry()).named("watchlist");
      IOException failure = new IOException("the read's own");
      CompletableFuture<String> done = new CompletableFuture<>();
      CompletableFuture<String> failed = new CompletableFuture<>();
      CompletableFuture<String> cancelled = new CompletableFuture<>();
      for (CompletableFuture<String> future : List.of(done, failed, cancelled)) {
        CompletableFuture<String> given = read.callAsync(running -> future);
        assertThat(given).isSameAs(future);
        assertThat(Context.current()).isSameAs(Context.root());
      }

      assertThat(done.complete("quotes")).isTrue();
      assertThat(failed.completeExceptionally(failure)).isTrue();
      assertThat(cancelled.cancel(true)).isTrue();

      assertThat(done).isCompletedWithValue("quotes");
      assertThatThrownBy(failed::join).hasCause(failure);
      assertThatThrownBy(
              () ->
                  read.<CompletableFuture<String>, IOException>callAsync(
                      running -> {
                        throw failure;
                      }))
          .isSameAs(failure);
      faulty.assertMet();
    }
    assertThat(Context.current()).isSameAs(Context.root());
  }

  @Test
  void aStageThatTakesNoFollowerIsHandedOnAllTheSame() {
    NamedRead read =
        NamedReads.create(Telemetry.of(OpenTelemetry.noop(), new SimpleMeterRegistry()))
            .named("watchlist");
    CompletableFuture<String> lonely =
        new CompletableFuture<>() {
          @Override
          public CompletableFuture<String> whenComplete(
              BiConsumer<? super String, ? super Throwable> action) {
            throw new UnsupportedOperationException("alone");
          }
        };

    CompletableFuture<String> given = read.callAsync(running -> lonely);
    assertThat(given).isSameAs(lonely);
  }
}
