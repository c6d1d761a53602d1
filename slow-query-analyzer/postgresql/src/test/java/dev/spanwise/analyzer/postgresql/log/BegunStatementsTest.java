package dev.spanwise.analyzer.postgresql.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.execution.ServerEvent;
import dev.spanwise.instrumentation.fingerprint.Statement;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class BegunStatementsTest {

  private static final Statement INSERT = Statement.of("INSERT INTO trades VALUES (1)");
  private static final String BEGUN = "LOG:  statement: INSERT INTO trades VALUES (1)";

  @Test
  void aDurationHasTheTextOfTheStatementThatBeganWithIt() throws IOException {
    Read read =
        Read.text(at("12:00:00.250", BEGUN) + at("12:00:00.750", "LOG:  duration: 500.000 ms"));

    assertThat(read.events).extracting(ServerEvent::statement).containsExactly(INSERT);
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

  private static String at(String time, String entry) {
    return "2026-11-22 " + time + " UTC [7] " + entry + "\n";
  }
}
