package dev.spanwise.analyzer.postgresql.log;

import static dev.spanwise.analyzer.postgresql.log.Read.entry;
import static dev.spanwise.analyzer.postgresql.log.Read.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.spanwise.analyzer.execution.LockWait;
import dev.spanwise.analyzer.execution.StatementDuration;
import dev.spanwise.analyzer.execution.StatementDuration.Step;
import dev.spanwise.instrumentation.fingerprint.Statement;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServerLogReaderTest {

  private static final String UTC = "2026-11-22 12:00:00.250 UTC";

  @Test
  void readsGzipAndWhatIsLeftOfCutGzip() throws IOException {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      log.append(entry(UTC, i + 1));
    }
    byte[] compressed = gzip(log.toString());

    Read.bytes(compressed).assertOnlyPlans(2000);
    Read cut = Read.bytes(Arrays.copyOf(compressed, compressed.length / 2));

    assertThat(cut.plans).hasSizeBetween(500, 1500);
    assertThat(cut.rejections).anyMatch(r -> r.reason().startsWith("the gzip data is cut off"));
  }

  @Test
  void aCutOffLastEntryIsRejectedAndTheRestIsRead() throws IOException {
    String log = entry(UTC, 7) + entry(UTC, 8);

    Read read = Read.text(log.substring(0, log.length() - 30));

    assertThat(read.plans).hasSize(1);
    assertThat(read.rejections)
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.place()).isEqualTo("line 7");
              assertThat(r.reason()).endsWith("it is the last entry and may be cut off");
            });
  }

  @Test
  void garbageBetweenEntriesIsOneRejectionForEachRun() throws IOException {
    Read read =
        Read.text(
            entry(UTC, 7) + "\0\0\0\nsh: 1: not found\n" + entry(UTC, 8) + "x\n" + entry(UTC, 9));

    assertThat(read.plans).hasSize(3);
    assertThat(read.rejections).extracting(r -> r.place()).containsExactly("lines 7-8", "line 15");
  }

  @Test
  void garbageInsideAnEntryDoesNotEndIt() throws IOException {
    Read read = Read.text(head(UTC, 7) + "\t{\n" + "cp: cannot stat\n" + Read.PLAN.substring(3));

    assertThat(read.plans).hasSize(1);
    assertThat(read.rejections)
        .singleElement()
        .satisfies(r -> assertThat(r.place()).isEqualTo("line 3"));
  }

  @Test
  void aFileWithoutAnEntryIsOneRejection() throws IOException {
    byte[] noise = new byte[3 << 20];
    new Random(1).nextBytes(noise);

    assertThat(Read.bytes(noise).rejections)
        .singleElement()
        .satisfies(r -> assertThat(r.reason()).startsWith("binary"));
    assertThat(Read.text("a\n\nb\n".repeat(100_000)).rejections).hasSize(1);
    assertThat(Read.text("{\"resourceSpans\": []}\n{}\n").rejections).hasSize(1);
    assertThat(Read.text("").rejections).isEmpty();
    Read wrongPrefix =
        Read.stream(
            new ByteArrayInputStream(entry(UTC, 7).getBytes(StandardCharsets.UTF_8)),
            new ServerLogOptions("%p %m ", null));
    assertThat(wrongPrefix.plans).isEmpty();
    assertThat(wrongPrefix.rejections).hasSize(1);
  }

  @Test
  void anEntryInAnotherEncodingIsRejectedAndTheRestIsRead() throws IOException {
    String latin = (head(UTC, 7) + Read.PLAN).replace("SELECT 1", "SELECT 'é'");
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    log.writeBytes(latin.getBytes(StandardCharsets.ISO_8859_1));
    log.writeBytes(entry(UTC, 8).getBytes(StandardCharsets.UTF_8));

    Read read = Read.bytes(log.toByteArray());

    assertThat(read.plans).hasSize(1);
    assertThat(read.rejections)
        .singleElement()
        .satisfies(r -> assertThat(r.reason()).isEqualTo("the entry is not UTF-8"));
    byte[] utf16 = entry(UTC, 8).getBytes(StandardCharsets.UTF_16);
    assertThat(Read.bytes(utf16).rejections)
        .singleElement()
        .satisfies(r -> assertThat(r.reason()).contains("UTF-16"));
  }

  @Test
  void anEntryBeyondTheLimitIsRejectedAndTheRestIsRead() throws IOException {
    String large = head(UTC, 7) + ("\t" + "x".repeat(1023) + "\n").repeat(17 << 10);
    String oneLine =
        "{\"timestamp\":\"" + UTC + "\",\"message\":\"" + "x".repeat(17 << 20) + "\"}\n";

    Read stderr = Read.text(large + entry(UTC, 8));
    Read json = Read.text("{\"timestamp\":\"" + UTC + "\",\"pid\":1}\n" + oneLine);

    assertThat(stderr.plans).hasSize(1);
    assertThat(stderr.rejections)
        .singleElement()
        .satisfies(r -> assertThat(r.reason()).isEqualTo("the entry is larger than 16 MiB"));
    assertThat(json.rejections)
        .singleElement()
        .satisfies(r -> assertThat(r.place()).isEqualTo("line 2"));
  }

  @Test
  void aStatementOfTwoMegabytesIsReadAndAPlanOf80IsRejected() throws IOException {
    String statement = "SELECT " + "1234567, ".repeat(230_000) + "1";
    String large = head(UTC, 7) + ("\t" + "x".repeat(1023) + "\n").repeat(80 << 10);

    Read read = Read.text(large + head(UTC, 8) + Read.PLAN.replace("SELECT 1", statement));

    assertThat(read.plans).singleElement().satisfies(p -> assertThat(p.backendPid()).isEqualTo(8));
    assertThat(read.rejections)
        .singleElement()
        .satisfies(r -> assertThat(r.reason()).isEqualTo("the entry is larger than 16 MiB"));
  }

  @Test
  void entriesComeInTheOrderOfTheLogWhateverThreadReadsThem() throws IOException {
    StringBuilder log = new StringBuilder();
    for (int pid = 1; pid <= 5000; pid++) {
      log.append(entry(UTC, pid)).append(pid % 1000 == 0 ? "garbage\n" : "");
    }

    Read read = Read.text(log.toString());

    assertThat(read.plans).extracting(plan -> plan.backendPid()).hasSize(5000).isSorted();
    assertThat(read.rejections)
        .extracting(r -> r.place())
        .containsExactly("line 6001", "line 12002", "line 18003", "line 24004", "line 30005");
  }

  @Test
  void partsOfAnEntryBelongToTheEntryBefore() throws IOException {
    String prefix = UTC + " [7] u@d ";
    Read read =
        Read.text(
            prefix
                + "LOG:  process 7 acquired ShareLock on transaction 5 after 54.321 ms\n"
                + prefix
                + "CONTEXT:  while updating tuple (0,1)\n"
                + prefix
                + "STATEMENT:  UPDATE t\n\tSET v = 1\n"
                + prefix
                + "ERROR:  division by zero\n"
                + prefix
                + "STATEMENT:  SELECT 1 / 0\n");

    LockWait wait = read.only(LockWait.class);

    assertThat(wait.statement()).isEqualTo(Statement.of("UPDATE t\nSET v = 1"));
    assertThat(wait.acquired()).isTrue();
  }

  @Test
  void aWaitForATableNamesThePlaceInTheStatement() throws IOException {
    Read read =
        Read.text(
            UTC
                + " [7] LOG:  process 7 acquired AccessShareLock on relation 16385 of database 5 after 1592.104 ms at character 20\n"
                + UTC
                + " [7] STATEMENT:  select status from accounts where account_id = $1\n");

    LockWait wait = read.only(LockWait.class);

    assertThat(wait.target()).isEqualTo("relation 16385 of database 5");
    assertThat(wait.waitedNanos()).isEqualTo(1_592_104_000);
  }

  @Test
  void valuesOfParametersAreNotKept() throws IOException {
    Read read =
        Read.text(
            UTC
                + " [7] LOG:  duration: 9.000 ms  execute S_1/C_2: SELECT $1\n"
                + UTC
                + " [7] DETAIL:  parameters: $1 = 'hunter2'\n");

    assertThat(read.only(StatementDuration.class).step()).isEqualTo(Step.EXECUTE);
    assertThat(read.events.toString()).doesNotContain("hunter2");
  }

  @Test
  void aCopyWithoutTabsAndWithWindowsLineEndsIsRead() throws IOException {
    Read.text(entry(UTC, 7).replace("\t", "") + entry(UTC, 8).replace("\t", "")).assertOnlyPlans(2);
    Read.text(entry(UTC, 7).replace("\n", "\r\n")).assertOnlyPlans(1);
  }

  @Test
  void ofALogInAnotherLanguageThePlansAreReadAndTheRestIsToldOnce() throws IOException {
    Read read =
        Read.text(
            UTC
                + " [7] СООБЩЕНИЕ:  подключение\n"
                + entry(UTC, 7).replace("LOG:", "LOG:  00000:").replace("00000:  ", "00000: ")
                + UTC
                + " [7] УПОМИНАНИЕ:  explain_ExecutorEnd\n\tmore\n");
    Read french =
        Read.text(
            (UTC + " [7] LOG:  durée : 3.651 ms, instruction : SELECT 1\n").repeat(3)
                + UTC
                + " [7] DÉTAIL :  x\n"
                + entry(UTC, 7));

    for (Read each : List.of(read, french)) {
      assertThat(each.plans).hasSize(1).hasSameSizeAs(each.events);
      assertThat(each.rejections)
          .singleElement()
          .satisfies(r -> assertThat(r.reason()).contains("another language than English"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22 13:00:00.250 CET, , 2026-11-22T12:00:00.250Z",
    "2026-11-22 17:30:00.250 +0530, , 2026-11-22T12:00:00.250Z",
    "2026-11-22 09:00:00.250 -03, , 2026-11-22T12:00:00.250Z",
    "2026-11-22 06:00:00.250 CST, America/Chicago, 2026-11-22T12:00:00.250Z",
    "2026-11-22 20:00:00.250 CST, Asia/Shanghai, 2026-11-22T12:00:00.250Z",
    "2026-11-01 01:30:00.250 CDT, America/Chicago, 2026-11-01T06:30:00.250Z",
    "2026-11-01 01:30:00.250 CST, America/Chicago, 2026-11-01T07:30:00.250Z",
  })
  void readsTimeZones(String printed, String zone, Instant expected) throws IOException {
    ServerLogOptions options = new ServerLogOptions(null, zone == null ? null : ZoneId.of(zone));

    Read read =
        Read.stream(
            new ByteArrayInputStream(entry(printed, 7).getBytes(StandardCharsets.UTF_8)), options);

    read.assertOnlyPlans(1);
    assertThat(read.plans.get(0).loggedNanos()).isEqualTo(expected.toEpochMilli() * 1_000_000);
    assertThat(read.plans.get(0).durationNanos()).isEqualTo(12_345_000);
  }

  @Test
  void anAmbiguousTimeZoneIsRejectedOnce() throws IOException {
    Read read = Read.text(entry("2026-11-22 13:00:00.250 IST", 7).repeat(50));

    assertThat(read.plans).isEmpty();
    assertThat(read.rejections)
        .singleElement()
        .satisfies(r -> assertThat(r.reason()).contains("IST").contains("log_timezone"));
  }

  @Test
  void aPrefixWithoutTimeOrPidIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ServerLogOptions("%u@%d ", null))
        .withMessageEndingWith("has no timestamp: it " + ServerLogOptions.LINE_PREFIX_RULE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ServerLogOptions("%m %u ", null))
        .withMessageEndingWith("has no process id: it " + ServerLogOptions.LINE_PREFIX_RULE);
  }

  @Test
  void tellsAServersLogByItsBeginning() {
    String log = entry(UTC, 7) + entry(UTC, 8);

    assertThat(isLog(log.substring(0, log.length() - 30))).isTrue();
    assertThat(isLog("startup script: done\n" + log)).isTrue();
    assertThat(isLog(" \n")).isFalse();
    assertThat(isLog("hello\n")).isFalse();
    assertThat(isLog("ERROR:  relation \"x\" does not exist\n")).isFalse();
    assertThat(isLog("[{\"Plan\": {\"Node Type\": ")).isFalse();
  }

  private static boolean isLog(String beginning) {
    return ServerLogReader.isLog(beginning.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
