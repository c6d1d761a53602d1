package dev.spanwise.instrumentation.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.instrumentation.telemetry.RecordedTelemetry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ServerRoundsTest {
  private final AtomicInteger rounds = new AtomicInteger();
  private final AtomicInteger forgotten = new AtomicInteger();

  private ServerRounds start(CountDownLatch answer) {
    return new ServerRounds(
        "test",
        Duration.ofMillis(1),
        new RecordedTelemetry().telemetry().failures(),
        () -> {
          if (rounds.incrementAndGet() > 1) {
            answer.await();
          }
        },
        forgotten::incrementAndGet);
  }

  @Test
  void aRoundThatDoesNotEndIsForgottenAndOneThatDoesIsNot() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    try (ServerRounds hanging = start(answer);
        ServerRounds steady = start(new CountDownLatch(0))) {
      RecordedTelemetry.await("a round under way", () -> rounds.get() > 2);
      steady.forgetAfter(Duration.ofSeconds(20));
      hanging.forgetAfter(Duration.ofSeconds(20));
      assertThat(forgotten).hasValue(0);

      hanging.forgetAfter(Duration.ZERO);
      assertThat(forgotten).hasValue(1);
    }
  }
}
