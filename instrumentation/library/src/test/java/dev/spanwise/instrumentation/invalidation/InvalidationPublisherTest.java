package dev.spanwise.instrumentation.invalidation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.instrumentation.telemetry.RecordedTelemetry;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class InvalidationPublisherTest {
  private final RecordedTelemetry recorded = new RecordedTelemetry();
  private final InvalidationPublisher publisher =
      InvalidationPublisher.create(recorded.telemetry(), "/orders");

  @Test
  void theCallerGetsItsStageEvenIfThatTakesNoCallback() {
    CompletableFuture<Long> deaf =
        new CompletableFuture<>() {
          @Override
          public CompletableFuture<Long> whenComplete(
              BiConsumer<? super Long, ? super Throwable> action) {
            throw new NoClassDefFoundError("a callback's class");
          }
        };

    CompletableFuture<Long> stage =
        publisher.publishAsync("prices", new Write("k", 1L, Instant.now()), message -> deaf);

    assertThat(stage).isSameAs(deaf);
    assertThat(recorded.span("publish prices").getEvents()).isEmpty();
    assertThat(recorded.count("spanwise.invalidation.lag")).isZero();
  }
}
