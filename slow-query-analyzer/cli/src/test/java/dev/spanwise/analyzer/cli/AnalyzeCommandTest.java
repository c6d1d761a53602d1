package dev.spanwise.analyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyzeCommandTest {

  private static final RecordedTraffic TRAFFIC = RecordedTraffic.get();

  @TempDir private Path directory;

  @Test
  void namesTheCausesAndProvesTheAdviceOnTheDatabaseNamed() throws IOException {
    JsonNode report =
        report(
            TRAFFIC.protobuf(),
            TRAFFIC.log(),
            "--database",
            TRAFFIC.jdbcUrl(),
            "--what-if",
            "executed");

    assertThat(report.at("/links/exact").asInt()).isPositive();
    assertThat(report.at("/input/rejected")).isEmpty();
    assertThat(rules(report)).contains("SeqScanDiscardsMostRows", "TopNSortReadsManyRows");
    List<JsonNode> indexes = indexAdvice(report);
    assertThat(indexes).hasSizeGreaterThanOrEqualTo(2);
    for (JsonNode advice : indexes) {
      assertThat(advice.at("/verified/by").asText()).isEqualTo("executed");
      assertThat(advice.at("/verified/costBefore").asDouble())
          .isGreaterThan(advice.at("/verified/costAfter").asDouble());
    }
  }

  @Test
  void asksTheDatabaseForThePlansThatNoLogHolds() throws IOException {
    CommandRun run =
        CommandRun.of(
            "analyze",
            "--spans",
            TRAFFIC.json().toString(),
            "--slower-than",
            "5ms",
            "--format",
            "json",
            "--database",
            TRAFFIC.jdbcUrl(),
            "--explain");

    JsonNode report = ReportContract.read(run.out());
    assertThat(report.at("/queries").findValuesAsText("message"))
        .anySatisfy(
            message -> assertThat(message).contains("the plan that EXPLAIN gives does not tell"));
  }

  @Test
  void withoutADatabaseAdviceSaysWhyItIsNotProved() throws IOException {
    JsonNode report = report(TRAFFIC.protobuf(), TRAFFIC.log());

    assertThat(indexAdvice(report)).isNotEmpty();
    for (JsonNode advice : indexAdvice(report)) {
      assertThat(advice.at("/verified/by").asText()).isEqualTo("none");
      assertThat(advice.at("/verified/reason").asText()).contains("the catalogue is not known");
    }
  }

  @Test
  void everyFormOfTheSameInputGivesTheSameFindings() throws IOException {
    List<String> expected = ids(report(TRAFFIC.protobuf(), TRAFFIC.log()));

    assertThat(expected).isNotEmpty();
    assertThat(ids(report(TRAFFIC.json(), TRAFFIC.log()))).isEqualTo(expected);
    assertThat(ids(report(TRAFFIC.gzip(), TRAFFIC.log()))).isEqualTo(expected);
    assertThat(ids(report(TRAFFIC.protobuf(), TRAFFIC.jsonLog()))).isEqualTo(expected);
    CommandRun piped =
        CommandRun.reading(
            Files.readAllBytes(TRAFFIC.json()),
            "analyze",
            "--spans",
            "-",
            "--postgres-log",
            TRAFFIC.log().toString(),
            "--slower-than",
            "10ms",
            "--format",
            "json");
    assertThat(ids(ReportContract.read(piped.out()))).isEqualTo(expected);
  }

  @Test
  void severalFilesAreReadAsOneInput() throws IOException {
    List<String> lines = Files.readAllLines(TRAFFIC.json());
    Path twice = directory.resolve("copy.json");
    Files.write(twice, lines);

    JsonNode one = report(TRAFFIC.json(), TRAFFIC.log());
    JsonNode both = report(TRAFFIC.json(), TRAFFIC.log(), "--spans", twice.toString());

    assertThat(both.at("/input/spans").asLong()).isEqualTo(2 * one.at("/input/spans").asLong());
  }

  @Test
  void writesEachFormatToTheFileNamed() throws IOException {
    assertThat(written("report.html")).startsWith("<!doctype html>");
    assertThat(written("report.md")).startsWith("## ");
    assertThat(written("report.txt")).contains("severity").doesNotContain("\u001b");
    ReportContract.read(written("report.json"));
  }

  @Test
  void textWithoutATerminalHasNoColours() {
    CommandRun run = analyze(TRAFFIC.protobuf(), TRAFFIC.log());

    assertThat(run.out()).contains("severity").doesNotContain("\u001b");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void failsOnAFindingOfTheSeverityNamedOnly() {
    assertThat(analyze(TRAFFIC.protobuf(), TRAFFIC.log(), "--fail-on", "info").exitCode())
        .isEqualTo(1);
    assertThat(
            analyze(
                    TRAFFIC.protobuf(),
                    TRAFFIC.log(),
                    "--slower-than",
                    "1m",
                    "--fail-on",
                    "critical")
                .exitCode())
        .isZero();
  }

  @Test
  void aTruncatedFileIsReportedAndItsBeginningAnalysed() throws IOException {
    byte[] whole = Files.readAllBytes(TRAFFIC.gzip());
    Path cut = directory.resolve("cut.pb.gz");
    Files.write(cut, Arrays.copyOf(whole, whole.length - 200));

    JsonNode report = report(cut, TRAFFIC.log(), "--spans", TRAFFIC.json().toString());

    assertThat(report.at("/input/rejected/0/source").asText()).isEqualTo(cut.toString());
    assertThat(report.at("/input/rejected/0/place").asText()).isNotBlank();
    assertThat(report.at("/input/rejected/0/reason").asText()).isNotBlank();
    assertThat(ids(report)).isNotEmpty();
  }

  @Test
  void aFileOfHalfGarbageIsReportedAndTheRestAnalysed() throws IOException {
    Path half = directory.resolve("half.json");
    String line = Files.readString(TRAFFIC.json());
    Files.writeString(half, "{\"resourceSpans\": [ oops\n" + line + "not json at all\n");

    JsonNode report = report(half, TRAFFIC.log());

    assertThat(report.at("/input/rejected").size()).isGreaterThanOrEqualTo(2);
    assertThat(ids(report)).isEqualTo(ids(report(TRAFFIC.json(), TRAFFIC.log())));
  }

  private String written(String name) throws IOException {
    Path output = directory.resolve(name);
    CommandRun run = analyze(TRAFFIC.protobuf(), TRAFFIC.log(), "--output", output.toString());
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEmpty();
    return Files.readString(output);
  }

  @Test
  void rotatedFilesComeInAnyOrderAndCompressedOrNot() throws IOException {
    List<String> lines = Files.readAllLines(TRAFFIC.log());
    int half = lines.size() / 2;
    while (lines.get(half).startsWith("\t") || !lines.get(half).contains("LOG:")) {
      half++;
    }
    Path older = directory.resolve("postgresql.log.1.gz");
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(older))) {
      gzip.write(String.join("\n", lines.subList(0, half)).getBytes(StandardCharsets.UTF_8));
    }
    Path newer = directory.resolve("postgresql.log");
    Files.write(newer, lines.subList(half, lines.size()));

    JsonNode rotated = report(TRAFFIC.protobuf(), newer, "--postgres-log", older.toString());

    assertThat(ids(rotated)).isEqualTo(ids(report(TRAFFIC.protobuf(), TRAFFIC.log())));
  }

  @Test
  void theLogOfAnotherProgramIsNamedAndTheRestAnalysed() throws IOException {
    Path access = directory.resolve("access.log");
    Files.writeString(
        access,
        "127.0.0.1 - - [22/Nov/2026:12:00:00 +0000] \"GET / HTTP/1.1\" 200 612\n".repeat(50));

    CommandRun run =
        analyze(
            TRAFFIC.protobuf(),
            TRAFFIC.log(),
            "--postgres-log",
            access.toString(),
            "--format",
            "json");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.complaints()).singleElement().asString().contains("a web server's access log");
    JsonNode report = ReportContract.read(run.out());
    assertThat(report.at("/input/rejected").toString())
        .contains(access.toString(), "a web server's access log");
    assertThat(ids(report)).isEqualTo(ids(report(TRAFFIC.protobuf(), TRAFFIC.log())));
  }

  @Test
  void aLogOfAnotherTimeIsToldOnceAndInEachStatement() throws IOException {
    Path shifted = directory.resolve("shifted.log");
    Files.writeString(
        shifted,
        Files.readString(TRAFFIC.log())
            .replaceAll("(?m)^(\\d{4}-\\d\\d-\\d\\d [0-9:.]+) \\S+ \\[", "$1 +12 ["));

    CommandRun run = analyze(TRAFFIC.protobuf(), shifted, "--format", "json");

    assertThat(run.exitCode()).isZero();
    assertThat(run.complaints())
        .singleElement()
        .asString()
        .contains("the statements in the server's log are of", "log_timezone");
    JsonNode report = ReportContract.read(run.out());
    assertThat(report.at("/input/notes").toString()).containsOnlyOnce("log_timezone");
    assertThat(report.at("/queries").findValuesAsText("message"))
        .anyMatch(message -> message.contains("of another time than the slow spans"));
  }

  private static JsonNode report(Path spans, Path log, String... more) throws IOException {
    List<String> options = new ArrayList<>(List.of(more));
    options.addAll(List.of("--format", "json"));
    CommandRun run = analyze(spans, log, options.toArray(String[]::new));
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    return ReportContract.read(run.out());
  }

  private static CommandRun analyze(Path spans, Path log, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("analyze", "--spans", spans.toString(), "--postgres-log", log.toString()));
    if (!List.of(more).contains("--slower-than")) {
      arguments.addAll(List.of("--slower-than", "10ms"));
    }
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private static List<String> rules(JsonNode report) {
    return report.at("/findings").findValuesAsText("rule");
  }

  private static List<String> ids(JsonNode report) {
    return StreamSupport.stream(report.at("/findings").spliterator(), false)
        .map(finding -> finding.at("/id").asText())
        .toList();
  }

  private static List<JsonNode> indexAdvice(JsonNode report) {
    return StreamSupport.stream(report.at("/advice").spliterator(), false)
        .filter(advice -> advice.at("/kind").asText().equals("create-index"))
        .toList();
  }
}
