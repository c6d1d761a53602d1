package dev.spanwise.analyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Literals and passwords are in every input, and in no output. */
class SecretTest {

  private static final RecordedTraffic TRAFFIC = RecordedTraffic.get();

  @TempDir private static Path directory;

  private static Path spans;
  private static Path jsonSpans;
  private static Path log;
  private static String databaseUrl;

  @BeforeAll
  static void plant() throws SQLException, IOException, InterruptedException {
    Secrets.makeTables(TRAFFIC);
    databaseUrl = Secrets.databaseUrl(TRAFFIC);
    try (SpanCapture capture = new SpanCapture()) {
      try (TracedStatements statements =
          new TracedStatements(
              TRAFFIC.jdbcUrl(),
              "secretive",
              OtlpGrpcSpanExporter.builder().setEndpoint(capture.uri().toString()).build())) {
        Secrets.run(statements);
      }
      ExportTraceServiceRequest request = Secrets.inDatabaseNames(capture.take());
      spans = directory.resolve("spans.pb");
      jsonSpans = directory.resolve("spans.json");
      log = directory.resolve("postgresql.log");
      Files.write(spans, request.toByteArray());
      Files.writeString(jsonSpans, OtlpJson.of((Message) request) + "\n");
    }
    Files.writeString(log, TRAFFIC.serverLogWith("no_such_column") + Secrets.MALFORMED_LOG);
    assertThat(Files.readString(log)).contains(Secrets.TEXT, Secrets.NUMBER);
    assertThat(Files.readString(jsonSpans)).contains(Secrets.TEXT, Secrets.NUMBER);
  }

  static Stream<List<String>> databases() {
    return Stream.of(
        List.of(),
        List.of("--database", databaseUrl),
        List.of("--database", databaseUrl, "--what-if", "executed"));
  }

  @ParameterizedTest
  @MethodSource("databases")
  void analyzeShowsNone(List<String> database) throws IOException {
    for (String format : List.of("text", "json", "markdown", "html")) {
      CommandRun run = run("analyze", "--format", format, database);
      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).contains("secret_rows");
      Secrets.assertNone(run);
    }
  }

  @Test
  void malformedInputIsNotQuoted() throws IOException {
    for (String piece : Secrets.malformedSpans()) {
      Path file = directory.resolve("malformed");
      Files.writeString(file, piece);
      CommandRun alone = CommandRun.of("analyze", "--spans", file.toString());
      Secrets.assertNone(alone);
      CommandRun beside =
          CommandRun.of(
              "analyze", "--spans", file.toString(), jsonSpans.toString(), "--format", "json");
      assertThat(beside.exitCode()).isZero();
      Secrets.assertNone(beside);
    }
  }

  @Test
  void aJsonLogIsNotQuoted() throws IOException {
    Path jsonLog = directory.resolve("postgresql.json");
    String written = Files.readString(TRAFFIC.serverLog().resolveSibling("postgresql.json"));
    Files.writeString(
        jsonLog,
        written
            + "{\"pid\": "
            + Secrets.TEXT
            + "}\n"
            + written
                .lines()
                .filter(line -> line.contains(Secrets.TEXT))
                .findFirst()
                .orElseThrow()
                .substring(0, 400)
            + "\n");
    CommandRun run =
        CommandRun.of(
            "analyze",
            "--spans",
            spans.toString(),
            "--postgres-log",
            jsonLog.toString(),
            "--slower-than",
            "1ms",
            "--format",
            "json");

    assertThat(run.exitCode()).isZero();
    assertThat(ReportContract.read(run.out()).at("/links/exact").asInt()).isPositive();
    Secrets.assertNone(run);
  }

  @Test
  void explainShowsNone() throws SQLException, IOException {
    for (String statement : Secrets.explainable()) {
      for (String options : List.of("FORMAT JSON", "FORMAT TEXT", "VERBOSE, FORMAT JSON")) {
        String plan = TRAFFIC.query("EXPLAIN (ANALYZE, SETTINGS, " + options + ") " + statement);
        for (String format : List.of("text", "json", "markdown", "html")) {
          CommandRun run = explain(plan, "--format", format, "--database", databaseUrl);
          assertThat(run.exitCode()).isZero();
          Secrets.assertNone(run);
        }
        String cut = plan.substring(0, plan.length() / 2);
        Secrets.assertNone(explain(cut));
        Secrets.assertNone(explain(plan.replace("\"Plan\"", Secrets.TEXT)));
        Secrets.assertNone(explain(plan.replace("Seq Scan", Secrets.TEXT + " Scan")));
      }
    }
    Secrets.assertNone(explain(Secrets.TEXT));
    Secrets.assertNone(explain("[" + Secrets.TEXT + "]"));
    Secrets.assertNone(
        explain(
            "[{\"Plan\": {\"Node Type\": \"Seq Scan\", \"Plan Rows\": \""
                + Secrets.TEXT
                + "\"}}]"));
  }

  @Test
  void passwordsAreNotRepeated() {
    String password = "postgresql://someone:" + Secrets.TEXT + "@";
    for (String arguments :
        List.of(
            "--database " + password + "127.0.0.1:1/x",
            "--database " + password + "127.0.0.1:port/x",
            "--database " + password + "[::1/x",
            "--database " + password + "%zz/x",
            "--database postgresql://127.0.0.1:1/x?user=u&password=" + Secrets.TEXT,
            "--database jdbc:postgresql://127.0.0.1:1/x?user=u&password=" + Secrets.TEXT,
            "--databse " + password + "127.0.0.1:1/x",
            "--databse=" + password + "127.0.0.1:1/x",
            "--database=" + password + "127.0.0.1:1/x --database=" + password + "127.0.0.1:1/x",
            "--what-if " + password + "127.0.0.1:1/x")) {
      CommandRun run = CommandRun.of(("analyze --spans=" + jsonSpans + " " + arguments).split(" "));
      assertThat(run.exitCode()).as(arguments).isIn(2, 3);
      assertThat(run.complaints()).hasSize(1);
      Secrets.assertNone(run);
    }
  }

  private static CommandRun run(
      String command, String formatOption, String format, List<String> database) {
    Path output = directory.resolve("report." + format);
    String[] arguments =
        Stream.concat(
                Stream.of(
                    command,
                    "--spans",
                    spans.toString(),
                    "--postgres-log",
                    log.toString(),
                    "--slower-than",
                    "1ms",
                    formatOption,
                    format,
                    "--output",
                    output.toString()),
                database.stream())
            .toArray(String[]::new);
    CommandRun run = CommandRun.of(arguments);
    try {
      return new CommandRun(run.exitCode(), run.out() + Files.readString(output), run.err());
    } catch (IOException e) {
      throw new UncheckedIOException(run.err(), e);
    }
  }

  private static CommandRun explain(String plan, String... more) {
    return CommandRun.reading(
        plan.getBytes(StandardCharsets.UTF_8),
        Stream.concat(Stream.of("explain", "-"), Stream.of(more)).toArray(String[]::new));
  }
}
