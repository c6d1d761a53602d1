package dev.spanwise.analyzer.postgresql.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.execution.LockWait;
import dev.spanwise.analyzer.execution.StatementDuration;
import dev.spanwise.analyzer.execution.StatementDuration.Step;
import dev.spanwise.analyzer.execution.TemporaryFile;
import dev.spanwise.instrumentation.fingerprint.Statement;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records as csvlog has them, whole and damaged. */
final class CsvLogTest {

  private static final String TIME = "2026-11-22 12:00:00.250 UTC";

  /** Of PostgreSQL 12, 13, and 14 and later. */
  private static final String OF_12 = ",,,\"app\"";

  private static final String OF_13 = OF_12 + ",\"client backend\"";
  private static final String OF_14 = OF_13 + ",,0";

  private static String record(int pid, String message, String detail, String query, String end) {
    return TIME
        + ",\"u,1\",\"d\"\"b\","
        + pid
        + ",\"[local]\",6740.1,1,\"SELECT\",2026-11-22 11:00:00 UTC,3/7,0,LOG,00000,"
        + quoted(message)
        + ","
        + quoted(detail)
        + ",,,,,"
        + quoted(query)
        + end
        + "\n";
  }

  private static String quoted(String value) {
    return value.isEmpty() ? "" : "\"" + value.replace("\"", "\"\"") + "\"";
  }

  private static String duration(int pid) {
    String message = "duration: 12.345 ms  statement: SELECT \"a\",\n'b'\nFROM t";
    return record(pid, message, "", "", OF_14);
  }

  @ParameterizedTest
  @ValueSource(strings = {OF_12, OF_13, OF_14})
  void readsTheColumnsOfEachVersion(String end) throws IOException {
    String sort = "SELECT 1\nORDER BY 1";
    Read read =
        Read.text(
            record(7, "connection received", "", "", end)
                + record(7, "temporary file: path \"x\", size 1234", "", sort, end));

    TemporaryFile file = read.only(TemporaryFile.class);

    assertThat(file.bytes()).isEqualTo(1234);
    assertThat(file.statement()).isEqualTo(Statement.of(sort));
    assertThat(file.logged().applicationName()).isEqualTo("app");
    assertThat(file.logged().place()).isEqualTo("line 2");
  }

  @Test
  void aParallelWorkersEntryIsItsLeaders() throws IOException {
    Read read =
        Read.text(
            record(
                8,
                "temporary file: path \"x\", size 1",
                "",
                "SELECT 1",
                OF_12 + ",\"parallel worker\",42,0"));

    assertThat(read.only(TemporaryFile.class).backendPid()).isEqualTo(42);
  }

  @Test
  void quotesAndLineEndsInsideAValueArePartOfIt() throws IOException {
    StatementDuration duration = Read.text(duration(7)).only(StatementDuration.class);

    assertThat(duration.step()).isEqualTo(Step.SIMPLE);
    assertThat(duration.statement()).isEqualTo(Statement.of("SELECT \"a\",\n'b'\nFROM t"));
  }

  @Test
  void severalHoldersOfALockAreAllTold() throws IOException {
    LockWait wait =
        Read.text(
                record(
                    7,
                    "process 7 still waiting for AccessExclusiveLock on relation 16385 of database"
                        + " 5 after 1000.123 ms",
                    "Processes holding the lock: 8, 9. Wait queue: 7.",
                    "TRUNCATE t",
                    OF_14))
            .only(LockWait.class);

    assertThat(wait.holders()).containsExactly(8, 9);
    assertThat(wait.target()).isEqualTo("relation 16385 of database 5");
    assertThat(wait.waitedNanos()).isEqualTo(1_000_123_000L);
    assertThat(wait.acquired()).isFalse();
  }

  @Test
  void aRecordThatIsCutOffIsRejectedAndTheNextIsRead() throws IOException {
    String whole = duration(7);

    Read read = Read.text(whole.substring(0, whole.length() - 40) + "\n" + duration(8));

    assertThat(read.events).singleElement().satisfies(e -> assertThat(e.backendPid()).isEqualTo(8));
    assertThat(read.rejections)
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.place()).isEqualTo("line 1");
              assertThat(r.reason()).contains("cut off");
            });
  }

  @Test
  void aLastRecordThatIsCutOffAndOneOfTooFewColumnsAreRejected() throws IOException {
    String whole = duration(7);

    Read read =
        Read.text(
            whole
                + TIME
                + ",\"u\",\"d\",7,\"[local]\",LOG\n"
                + whole.substring(0, whole.length() - 40));

    assertThat(read.events).hasSize(1);
    assertThat(read.rejections)
        .extracting(r -> r.reason())
        .satisfiesExactly(
            few -> assertThat(few).contains("6 columns"),
            last -> assertThat(last).contains("cut off"));
  }

  @Test
  void aRecordBeyondTheLimitIsRejectedAndTheRestIsRead() throws IOException {
    String large = record(7, "x".repeat(1023).concat("\n").repeat(17 << 10), "", "", OF_14);

    Read read = Read.text(duration(6) + large + duration(8));

    assertThat(read.events).hasSize(2);
    assertThat(read.rejections)
        .singleElement()
        .satisfies(r -> assertThat(r.reason()).isEqualTo("the entry is larger than 16 MiB"));
  }

  @Test
  void garbageBetweenRecordsIsRejected() throws IOException {
    Read read = Read.text("#!/bin/sh\n" + duration(7) + "oops \"\n" + duration(8));

    assertThat(read.events).hasSize(2);
    assertThat(read.rejections).extracting(r -> r.place()).containsExactly("line 1", "line 5");
  }
}
