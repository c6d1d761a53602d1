package dev.spanwise.analyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProgressTest {

  @Test
  void whatStandsThereAtTheEndIsHowFarItCame() {
    AtomicInteger read = new AtomicInteger();
    CountDownLatch said = new CountDownLatch(1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      Progress.during(
          () -> {
            String state = "entries read: " + read;
            said.countDown();
            return state;
          },
          () -> {
            awaitQuietly(said);
            read.set(2);
          });
    } finally {
      System.setErr(before);
    }

    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .startsWith("entries read: 0")
        .endsWith("entries read: 2");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
