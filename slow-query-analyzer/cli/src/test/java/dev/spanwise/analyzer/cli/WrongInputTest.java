package dev.spanwise.analyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with a command line or an input is said in one line. */
class WrongInputTest {

  private static final RecordedTraffic TRAFFIC = RecordedTraffic.get();

  /** The signature that every PNG begins with, and some of its first chunk. */
  private static final byte[] PNG = {
    (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 1, 0
  };

  @TempDir private Path directory;

  static Stream<Arguments> wrongOptions() {
    return Stream.of(
        Arguments.of("--no-such-option", "unknown option --no-such-option"),
        Arguments.of("--slower-than=soon", "not a duration"),
        Arguments.of("--slower-than=-5ms", "not a duration"),
        Arguments.of("--format=pdf", "format"),
        Arguments.of("--fail-on=dreadful", "fail-on"),
        Arguments.of("--database=mysql://localhost/x", "--database"),
        Arguments.of("--database=postgresql://localhost:port/x", "--database"),
        Arguments.of("--what-if=executed", "--database"),
        Arguments.of("--explain", "--database"),
        Arguments.of("--log-line-prefix=%m only", "--log-line-prefix"),
        Arguments.of("--log-time-zone=Middle/Earth", "--log-time-zone"));
  }

  @ParameterizedTest
  @MethodSource("wrongOptions")
  void aWrongOptionIsNamed(String option, String named) {
    CommandRun run = CommandRun.of("analyze", "--spans", TRAFFIC.json().toString(), option);

    assertRefused(run, named);
  }

  @Test
  void aMissingOptionIsNamed() {
    assertRefused(CommandRun.of("analyze"), "--spans");
    assertRefused(CommandRun.of("explain"), "FILE");
  }

  @Test
  void aMissingFileIsNamed() {
    String missing = directory.resolve("missing.json").toString();

    assertRefused(CommandRun.of("analyze", "--spans", missing), missing);
    assertRefused(CommandRun.of("explain", missing), missing);
  }

  @Test
  void aDirectoryIsNoFile() {
    assertRefused(CommandRun.of("analyze", "--spans", directory.toString()), directory.toString());
    assertRefused(CommandRun.of("explain", directory.toString()), directory.toString());
  }

  @Test
  void aPictureHoldsNoSpans() throws IOException {
    Path picture = directory.resolve("picture.png");
    Files.write(picture, PNG);

    assertRefused(CommandRun.of("analyze", "--spans", picture.toString()), picture.toString());
  }

  @Test
  void anEmptyFileHoldsNoSpans() throws IOException {
    Path empty = directory.resolve("empty.json");
    Files.createFile(empty);

    assertRefused(CommandRun.of("analyze", "--spans", empty.toString()), empty.toString());
  }

  @Test
  void aLogThatCannotBeOpenedIsNamed() {
    for (Path log : List.of(directory.resolve("missing.log"), directory)) {
      assertRefused(
          CommandRun.of(
              "analyze",
              "--spans",
              TRAFFIC.json().toString(),
              "--postgres-log",
              TRAFFIC.log().toString(),
              log.toString()),
          log.toString());
    }
  }

  @Test
  void aLogWithoutAPlanIsSaidAndTheSpansAnalysed() throws IOException {
    Path empty = directory.resolve("empty.log");
    Files.createFile(empty);

    CommandRun run =
        CommandRun.of(
            "analyze",
            "--spans",
            TRAFFIC.json().toString(),
            "--postgres-log",
            empty.toString(),
            "--format",
            "json");

    assertThat(run.exitCode()).isZero();
    assertThat(run.complaints()).hasSize(1);
    assertThat(run.err()).contains(empty.toString(), "auto_explain");
    assertThat(ReportContract.read(run.out()).at("/input/notes").toString())
        .contains("auto_explain");
  }

  @Test
  void aLogOfAnotherProgramIsWrongAndTheSpansAnalysed() throws IOException {
    Path other = directory.resolve("application.log");
    Files.writeString(other, "order 17 was placed\norder 18 was placed\n");

    CommandRun run =
        CommandRun.of(
            "analyze",
            "--spans",
            TRAFFIC.json().toString(),
            "--postgres-log",
            TRAFFIC.log().toString(),
            other.toString(),
            "--format",
            "json");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.complaints())
        .singleElement()
        .asString()
        .contains(other.toString(), "does not look like PostgreSQL's log")
        .doesNotContain("log_line_prefix");
    assertThat(ReportContract.read(run.out()).at("/input/plans").asInt()).isPositive();
  }

  @Test
  void aLogWithLinesThatAreNotReadIsNoWrongInput() throws IOException {
    Path mixed = directory.resolve("mixed.log");
    Files.writeString(mixed, "order 17 was placed\n" + Files.readString(TRAFFIC.log()));

    CommandRun run =
        CommandRun.of(
            "analyze",
            "--spans",
            TRAFFIC.json().toString(),
            "--postgres-log",
            mixed.toString(),
            "--format",
            "json");

    assertThat(run.exitCode()).isZero();
    assertThat(ReportContract.read(run.out()).at("/input/rejected/0/place").asText())
        .isEqualTo("line 1");
  }

  @Test
  void standardInputCannotBeReadTwice() {
    assertRefused(CommandRun.of("analyze", "--spans", "-", "--postgres-log", "-"), "twice");
  }

  @Test
  void anOutputThatIsADirectoryOrOfNoKnownFormIsRefused() {
    for (String output : List.of("/", directory.toString(), "report.pdf", "report")) {
      assertRefused(
          CommandRun.of("analyze", "--spans", TRAFFIC.json().toString(), "--output", output),
          output);
      assertRefused(CommandRun.of("explain", "-", "--output", output), output);
    }
  }

  @Test
  void anOutputThatCannotBeWrittenIsNamed() {
    String output = directory.resolve("no/such/directory/report.json").toString();

    assertRefused(
        CommandRun.of("analyze", "--spans", TRAFFIC.json().toString(), "--output", output), output);
  }

  @Test
  void aServerThatDoesNotAnswerIsUnreachable() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }

    CommandRun run =
        CommandRun.of(
            "analyze",
            "--spans",
            TRAFFIC.json().toString(),
            "--database",
            "postgresql://nobody@127.0.0.1:" + closed + "/nowhere");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.complaints()).hasSize(1);
    assertThat(run.err()).contains("127.0.0.1:" + closed);
  }

  @Test
  void aDatabaseThatDoesNotExistIsUnreachable() {
    CommandRun run =
        CommandRun.of(
            "analyze",
            "--spans",
            TRAFFIC.json().toString(),
            "--database",
            TRAFFIC.jdbcUrl().replace("/postgres?", "/nowhere?"));

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.complaints()).hasSize(1);
    assertThat(run.err()).contains("nowhere");
  }

  private static void assertRefused(CommandRun run, String named) {
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.complaints()).hasSize(1);
    assertThat(run.err()).startsWith("spanwise: ").contains(named);
  }
}
