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
                failures.report("an attribute of a span", failure);
              }
              failures.report("the gauges of a replica", failure);
            });

    assertThat(lines)
        .satisfiesExactly(
            first -> assertThat(first).contains("lost an attribute of a span"),
            second -> assertThat(second).contains("lost the gauges of a replica"));
  }

  @Test
  void kindsPastTheBoundShareOneLine() {
    List<String> lines =
        logged(
            () -> {
              for (int i = 0; i < TelemetryFailures.MAX_KINDS + 100; i++) {
                failures.report("the span " + i, failure);
              }
            });

    assertThat(lines).hasSize(TelemetryFailures.MAX_KINDS + 1);
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
