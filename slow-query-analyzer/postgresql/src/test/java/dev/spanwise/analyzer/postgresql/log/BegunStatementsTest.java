package dev.spanwise.analyzer.postgresql.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.execution.ServerEvent;
import dev.spanwise.instrumentation.fingerprint.Statement;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BegunStatementsTest {

  private static final Statement INSERT = Statement.of("INSERT INTO trades VALUES (1)");
  private static final String BEGUN = "LOG:  statement: INSERT INTO trades VALUES (1)";
  private static final String FAILED = "ERROR:  duplicate key value violates unique constraint";

  @Test
  void aDurationHasTheTextOfTheStatementThatBeganWithIt() throws IOException {
    Read read =
        Read.text(at("12:00:00.250", BEGUN) + at("12:00:00.750", "LOG:  duration: 500.000 ms"));

    assertThat(read.events).extracting(ServerEvent::statement).containsExactly(INSERT);
  }

  /** In the second case the log has so many entries that most are passed over. */
  @ParameterizedTest
  @ValueSource(ints = {0, 2_000})
  void aFailedStatementHasNoDuration(int others) throws IOException {
    Read read =
        Read.text(
            at("12:00:00.000", "LOG:  checkpoint starting: time").repeat(others)
                + at("12:00:00.250", BEGUN)
                + at("12:00:00.250", FAILED)
                + at("12:00:00.750", "LOG:  duration: 500.000 ms"));

    assertThat(read.events).extracting(ServerEvent::statement).containsExactly((Statement) null);
  }

  @Test
  void aFailedStatementHasNoDurationInCsvlogAndJsonlog() throws IOException {
    Read csv = Read.text(csv("LOG", "statement: SELECT 1") + csv("ERROR", "x") + csv("LOG", TAKEN));
    Read json =
        Read.text(json("LOG", "statement: SELECT 1") + json("ERROR", "x") + json("LOG", TAKEN));

    assertThat(csv.events).extracting(ServerEvent::statement).containsExactly((Statement) null);
    assertThat(json.events).extracting(ServerEvent::statement).containsExactly((Statement) null);
  }

  @Test
  void aDurationWhoseLineWasWrittenLateHasItsStatement() throws IOException {
    Read read =
        Read.text(at("12:00:00.250", BEGUN) + at("12:00:00.755", "LOG:  duration: 500.000 ms"));

    assertThat(read.events).extracting(ServerEvent::statement).containsExactly(INSERT);
  }

  @Test
  void aDurationThatBeganLaterIsOfAnotherStatement() throws IOException {
    Read read =
        Read.text(at("12:00:00.250", BEGUN) + at("12:00:00.756", "LOG:  duration: 500.000 ms"));

    assertThat(read.events).extracting(ServerEvent::statement).containsExactly((Statement) null);
  }

  private static final String TAKEN = "duration: 0.500 ms";

  private static String at(String time, String entry) {
    return "2026-11-22 " + time + " UTC [7] " + entry + "\n";
  }

  private static String csv(String severity, String message) {
    return "2026-11-22 12:00:00.250 UTC,\"u\",\"d\",7,\"[local]\",6a01.1,1,\"SELECT\","
        + "2026-11-22 11:00:00 UTC,1/1,0,"
        + severity
        + ",00000,\""
        + message
        + "\",,,,,,,,,\"app\",\"client backend\",,0\n";
  }

  private static String json(String severity, String message) {
    return "{\"timestamp\":\"2026-11-22 12:00:00.250 UTC\",\"pid\":7,\"error_severity\":\""
        + severity
        + "\",\"message\":\""
        + message
        + "\"}\n";
  }
}
