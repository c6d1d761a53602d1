package dev.spanwise.analyzer.postgresql.log;

import static dev.spanwise.analyzer.postgresql.log.Read.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.postgresql.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

// javac: a follower does its work on its own thread, unnamed in the test's body.
@SuppressWarnings("try")
final class LogFollowerTest {

  private static final String UTC = "2026-11-22 12:00:00.250 UTC";

  @TempDir Path directory;
  private final Read read = new Read();

  private LogFollower follow(Path path, LogFollower.From from) {
    return LogFollower.start(
        path, from, ServerLogOptions.DEFAULTS, read::add, read.rejections::add);
  }

  private List<Integer> pids() {
    return read.plans.stream().map(plan -> plan.backendPid()).toList();
  }

  private void awaitPids(Integer... pids) {
    TestServer.await(() -> pids().equals(List.of(pids)));
  }

  private static void append(Path log, String text) throws IOException {
    Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Test
  void handsOverAnEntryOnceItIsWholeOrQuiet() throws IOException {
    Path log = directory.resolve("a.log");
    String second = entry(UTC, 2);
    append(log, entry(UTC, 1));
    try (LogFollower follower = follow(log, LogFollower.From.START)) {
      awaitPids(1);
      append(log, second.substring(0, second.length() - 1));
      append(log, "\n" + entry(UTC, 3));
      awaitPids(1, 2, 3);
      append(log, entry(UTC, 4));
    }
    assertThat(pids()).containsExactly(1, 2, 3, 4);
    assertThat(read.rejections).isEmpty();
  }

  @Test
  void fromTheEndItPassesOverWhatIsThere() throws IOException, InterruptedException {
    Path log = directory.resolve("a.log");
    append(log, entry(UTC, 1));
    try (LogFollower follower = follow(log, LogFollower.From.END)) {
      Thread.sleep(400);
      append(log, entry(UTC, 2));
      awaitPids(2);
    }
  }

  @Test
  void survivesRenameRotationAndTruncation() throws IOException {
    Path log = directory.resolve("a.log");
    append(log, entry(UTC, 1) + entry(UTC, 2));
    try (LogFollower follower = follow(log, LogFollower.From.START)) {
      awaitPids(1, 2);
      append(log, entry(UTC, 3));
      Files.move(log, directory.resolve("a.log.1"));
      append(log, entry(UTC, 4) + entry(UTC, 5));
      awaitPids(1, 2, 3, 4, 5);
      Files.writeString(log, entry(UTC, 6));
      awaitPids(1, 2, 3, 4, 5, 6);
    }
    assertThat(read.rejections).isEmpty();
  }

  @Test
  void ofADirectoryItFollowsTheNewestFileAndThenEachNewerOne() throws IOException {
    append(directory.resolve("1.log"), entry(UTC, 1));
    Files.setLastModifiedTime(directory.resolve("1.log"), FileTime.fromMillis(1_000));
    append(directory.resolve("2.log"), entry(UTC, 2));
    append(directory.resolve("2.txt"), "x");
    try (LogFollower follower = follow(directory, LogFollower.From.START)) {
      awaitPids(2);
      append(directory.resolve("2.log"), entry(UTC, 3));
      append(directory.resolve("3.log"), entry(UTC, 4));
      append(directory.resolve("4.log"), entry(UTC, 5));
      awaitPids(2, 3, 4, 5);
      // Another server's log beside it: none is read twice.
      append(directory.resolve("2.log"), entry(UTC, 6));
      awaitPids(2, 3, 4, 5, 6);
    }
    assertThat(pids()).containsExactly(2, 3, 4, 5, 6);
  }

  @Test
  void ofTheFilesThatHoldTheSameEntriesItReadsOne() throws IOException {
    String csv =
        UTC
            + ",\"u\",\"d\",7,,6740.1,1,\"SELECT\",,,0,LOG,00000,\"duration: 1.000"
            + " ms\",,,,,,,,,\"\"\n";
    append(directory.resolve("1.log"), entry(UTC, 1));
    append(directory.resolve("1.csv"), csv);
    append(directory.resolve("1.csv.gz"), "x");
    try (LogFollower follower = follow(directory, LogFollower.From.START)) {
      TestServer.await(() -> read.events.size() == 1);
      append(directory.resolve("1.log"), entry(UTC, 2));
      append(directory.resolve("1.csv"), csv);
      TestServer.await(() -> read.events.size() == 2);
    }
    assertThat(read.plans).isEmpty();
    assertThat(read.rejections).isEmpty();
  }

  @Test
  void aFileThatIsNotThereYetIsWaitedForAndNotRejected() throws IOException {
    Path log = directory.resolve("later.log");
    try (LogFollower follower = follow(log, LogFollower.From.START)) {
      TestServer.await(() -> follower.waiting() != null);
      assertThat(follower.waiting())
          .isEqualTo("the log " + log + " is waited for: it is not there yet");
      append(log, entry(UTC, 1));
      awaitPids(1);
      TestServer.await(() -> follower.waiting() == null);
    }
    assertThat(read.rejections).isEmpty();
  }

  @Test
  void survivesCopyTruncate() throws IOException, InterruptedException {
    Path log = directory.resolve("a.log");
    append(log, entry(UTC, 1));
    try (LogFollower follower = follow(log, LogFollower.From.START)) {
      awaitPids(1);
      for (int pid = 2; pid <= 4; pid++) {
        Files.copy(log, directory.resolve("a.log." + pid));
        Files.write(log, new byte[0]);
        Thread.sleep(600);
        append(log, entry(UTC, pid));
        int expected = pid;
        TestServer.await(() -> read.plans.size() == expected);
      }
    }
    assertThat(pids()).containsExactly(1, 2, 3, 4);
    assertThat(read.rejections).isEmpty();
  }

  @Test
  void anEntryThatRotationCutsIsNamedAndTheNextFileIsRead() throws IOException {
    Path log = directory.resolve("a.log");
    String whole = entry(UTC, 2);
    append(log, entry(UTC, 1));
    try (LogFollower follower = follow(log, LogFollower.From.START)) {
      awaitPids(1);
      append(log, whole.substring(0, whole.length() / 2));
      Files.move(log, directory.resolve("a.log.1"));
      append(log, entry(UTC, 3));
      awaitPids(1, 3);
    }
    assertThat(read.rejections)
        .singleElement()
        .satisfies(rejection -> assertThat(rejection.reason()).contains("cut off"));
  }

  @Test
  void passesOverAFileThatIsRemovedWhileItLooks() throws IOException {
    append(directory.resolve("1.log"), entry(UTC, 1));
    Files.createSymbolicLink(directory.resolve("2.log"), directory.resolve("removed"));
    try (LogFollower follower = follow(directory, LogFollower.From.START)) {
      awaitPids(1);
      append(directory.resolve("3.log"), entry(UTC, 2));
      awaitPids(1, 2);
    }
    assertThat(read.rejections).isEmpty();
  }

  @Test
  void aConsumerThatOverflowsTheStackMissesNoOtherEvent() throws IOException {
    Path log = directory.resolve("a.log");
    append(log, entry(UTC, 1) + entry(UTC, 2));
    try (LogFollower follower =
        LogFollower.start(
            log,
            LogFollower.From.START,
            ServerLogOptions.DEFAULTS,
            event -> {
              if (event.backendPid() == 1) {
                throw new StackOverflowError();
              }
              read.add(event);
            },
            read.rejections::add)) {
      awaitPids(2);
      append(log, entry(UTC, 3));
      awaitPids(2, 3);
    }
  }
}
