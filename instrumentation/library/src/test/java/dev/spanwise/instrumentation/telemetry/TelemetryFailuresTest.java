package dev.spanwise.instrumentation.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TelemetryFailuresTest {
  private final IllegalStateException failure = new IllegalStateException("closed");

  private final TelemetryFailures failures = new TelemetryFailures();

  @Test
  void oneKindOfLossDoesNotSilenceAnother() {
    List<String> lines =
        logged(
            () -> {
              for (int i = 0; i < 100; i++) {
                failures.report(Loss.SPAN_ATTRIBUTE, "read " + i, failure);
              }
              failures.report(Loss.REPLICA, "east", failure);
            });

    assertThat(lines)
        .satisfiesExactly(
            first -> assertThat(first).contains("lost an attribute of a span, read 0 (0 such"),
            second -> assertThat(second).contains("lost the state of a replica, east"));
  }

  @Test
  void everyKindHasItsLineWhateverTheNames() {
    List<String> lines =
        logged(
            () -> {
              for (int i = 0; i < 1_000; i++) {
                for (Loss loss : Loss.values()) {
                  failures.report(loss, "name " + i, failure);
                }
              }
            });

    assertThat(lines).hasSameSizeAs(Loss.values()).doesNotHaveDuplicates();
  }

  /** slf4j-simple writes to System.err as it is when a line is written. */
  private static List<String> logged(Runnable reports) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      reports.run();
    } finally {
      System.setErr(before);
    }
    return bytes
        .toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains("Telemetry failed and lost"))
        .toList();
  }
}
