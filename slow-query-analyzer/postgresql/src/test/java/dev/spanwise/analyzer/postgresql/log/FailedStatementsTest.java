package dev.spanwise.analyzer.postgresql.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.execution.StatementDuration;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A duration without a statement is not that of a statement that has failed. */
class FailedStatementsTest {

  private static final String UTC = "2026-11-22 12:00:00.250 UTC";
  private static final String BEGUN = "statement: INSERT INTO t VALUES (1)";
  private static final String DURATION = "duration: 500.000 ms";

  private static String stderr(int pid, String severity, String message) {
    return UTC + " [" + pid + "] " + severity + ":  " + message + "\n";
  }

  private static String csv(String severity, String message) {
    return UTC
        + ",\"u\",\"d\",7,\"[local]\",6740.1,1,\"INSERT\","
        + UTC
        + ",3/7,0,"
        + severity
        + ",00000,\""
        + message
        + "\",,,,,,,,,\"app\"\n";
  }

  private static String json(String severity, String message) {
    return "{\"timestamp\":\""
        + UTC
        + "\",\"pid\":7,\"error_severity\":\""
        + severity
        + "\",\"message\":\""
        + message
        + "\"}\n";
  }

  private static StatementDuration only(String log) throws IOException {
    return Read.text(log).only(StatementDuration.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ERROR", "FATAL"})
  void inEachFormat(String severity) throws IOException {
    String failure = "duplicate key value";

    assertThat(
            only(stderr(7, "LOG", BEGUN)
                    + stderr(7, severity, failure)
                    + stderr(7, "STATEMENT", "INSERT INTO t VALUES (1)")
                    + stderr(7, "LOG", DURATION))
                .statement())
        .isNull();
    assertThat(only(csv("LOG", BEGUN) + csv(severity, failure) + csv("LOG", DURATION)).statement())
        .isNull();
    assertThat(
            only(json("LOG", BEGUN) + json(severity, failure) + json("LOG", DURATION)).statement())
        .isNull();
  }

  @Test
  void farIntoALogWhereMostEntriesArePassedOver() throws IOException {
    String others = stderr(9, "LOG", "checkpoint starting: time").repeat(1_100);

    assertThat(
            only(others
                    + stderr(7, "LOG", BEGUN)
                    + stderr(8, "LOG", "checkpoint starting: time")
                    + stderr(7, "ERROR", "duplicate key value")
                    + stderr(7, "LOG", DURATION))
                .statement())
        .isNull();
  }

  @Test
  void anotherBackendsFailureLeavesItTheStatement() throws IOException {
    assertThat(
            only(stderr(7, "LOG", BEGUN)
                    + stderr(8, "ERROR", "duplicate key value")
                    + stderr(7, "WARNING", "there is no transaction in progress")
                    + stderr(7, "LOG", DURATION))
                .statement())
        .isNotNull();
  }
}
