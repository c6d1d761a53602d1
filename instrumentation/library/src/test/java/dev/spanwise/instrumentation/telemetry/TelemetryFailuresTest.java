package dev.spanwise.instrumentation.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
  void oneReplicaDoesNotSilenceAnother() {
    List<String> lines =
        logged(
            () -> {
              for (int i = 0; i < 100; i++) {
                failures.report(Loss.REPLICA, "east", failure);
                failures.report(Loss.REPLICA, "west", failure);
                failures.report(Loss.PERIODIC_RUN, "ledger", failure);
                failures.report(Loss.PERIODIC_RUN, "prices", failure);
              }
            });

    assertThat(lines)
        .satisfiesExactly(
            first -> assertThat(first).contains("the state of a replica, east (0 such"),
            second -> assertThat(second).contains("the state of a replica, west (0 such"),
            third -> assertThat(third).contains("a run of a periodic task, ledger (0 such"),
            fourth -> assertThat(fourth).contains("a run of a periodic task, prices (0 such"));
  }

  @Test
  void everyKindHasItsLineWhateverTheNames() {
    Loss[] kinds = Arrays.stream(Loss.values()).filter(loss -> !loss.eachName).toArray(Loss[]::new);
    List<String> lines =
        logged(
            () -> {
              for (int i = 0; i < 1_000; i++) {
                for (Loss loss : kinds) {
                  failures.report(loss, "name " + i, failure);
                }
              }
            });

    assertThat(lines).hasSameSizeAs(kinds).doesNotHaveDuplicates();
  }

  @Test
  void namesPastTheBoundShareALine() {
    List<String> lines =
        logged(
            () -> {
              for (int i = 0; i < 10 * TelemetryFailures.MAX_NAMES; i++) {
                failures.report(Loss.REPLICA, "name " + i, failure);
              }
              failures.report(Loss.PERIODIC_RUN, "ledger", failure);
            });

    assertThat(lines).hasSize(TelemetryFailures.MAX_NAMES + 2);
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
