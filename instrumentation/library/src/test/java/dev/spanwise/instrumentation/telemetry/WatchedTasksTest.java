package dev.spanwise.instrumentation.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchedTasksTest {
  private static final Duration PAUSE = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofMinutes(10);

  private final TelemetryFailures failures = new TelemetryFailures();
  private final CountDownLatch answer = new CountDownLatch(1);
  private final AtomicInteger rounds = new AtomicInteger();
  private final AtomicBoolean forgotten = new AtomicBoolean();
  private final WatchedTasks tasks = WatchedTasks.start("test-watch", LONG, LONG, failures);

  @AfterEach
  void close() {
    tasks.close();
  }

  @Test
  void whatATaskHasShownIsForgottenWhileItHangsAndOthersRunOn() throws Exception {
    CountDownLatch hangs = new CountDownLatch(1);
    tasks.add(
        "hanging",
        PAUSE,
        () -> {
          hangs.countDown();
          answer.await();
        },
        () -> forgotten.set(true));
    tasks.add("steady", PAUSE, rounds::incrementAndGet, () -> {});
    hangs.await();
    int before = rounds.get();
    RecordedTelemetry.await("rounds of the other", () -> rounds.get() > before + 2);

    tasks.forgetAfter(LONG);
    assertThat(forgotten).isFalse();

    tasks.forgetAfter(Duration.ZERO);
    assertThat(forgotten).isTrue();
  }

  @Test
  void aRunThatEndsIsWaitedForAnew() throws Exception {
    tasks.add("slow", PAUSE, rounds::incrementAndGet, () -> forgotten.set(true));
    RecordedTelemetry.await("rounds", () -> rounds.get() > 2);

    tasks.forgetAfter(Duration.ofSeconds(20));

    assertThat(forgotten).isFalse();
  }

  @Test
  void aTaskThatFailsRunsAgainAndAClosedOneDoesNot() throws Exception {
    tasks.add(
        "failing",
        PAUSE,
        () -> {
          rounds.incrementAndGet();
          throw new NoClassDefFoundError("today");
        },
        () -> forgotten.set(true));
    RecordedTelemetry.await("rounds", () -> rounds.get() > 2);

    tasks.close();

    int last = rounds.get();
    Thread.sleep(50);
    assertThat(rounds.get()).isLessThanOrEqualTo(last + 1);
  }

  @Test
  void aRunThatIsUnderWayEndsByItselfBeforeClosingDoes() throws Exception {
    CountDownLatch underWay = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    tasks.add(
        "slow",
        LONG,
        () -> {
          underWay.countDown();
          Thread.sleep(100);
          ended.set(true);
        },
        () -> {});
    underWay.await();

    tasks.close();

    assertThat(ended).isTrue();
  }

  @Test
  void theWatchForgetsByItself() throws Exception {
    try (WatchedTasks impatient =
        WatchedTasks.start("test-watch", PAUSE, Duration.ofMillis(10), failures)) {
      impatient.add("hanging", PAUSE, answer::await, () -> forgotten.set(true));

      RecordedTelemetry.await("what was shown to be forgotten", forgotten::get);
    }
  }
}
