package dev.spanwise.analyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
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
import org.junit.jupiter.params.provider.ValueSource;

class ExplainCommandTest {

  private static final RecordedTraffic TRAFFIC = RecordedTraffic.get();

  private static final String SLOW = "SELECT * FROM trades WHERE account_id = 7";

  @TempDir private Path directory;

  @BeforeAll
  static void fillTables() throws SQLException {
    TRAFFIC.execute(
        """
        CREATE TABLE IF NOT EXISTS served AS
          SELECT n AS id, n % 5000 AS owner FROM generate_series(1, 100000) n;
        CREATE INDEX IF NOT EXISTS served_owner ON served (owner);
        ANALYZE served;
        CREATE TABLE IF NOT EXISTS unanalysed AS
          SELECT n AS id, n % 5000 AS owner, n % 2 AS side, n % 2 AS kind FROM generate_series(1, 100000) n;
        """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"JSON", "TEXT"})
  void diagnosesAFileInEitherForm(String format) throws SQLException, IOException {
    Path file = directory.resolve("plan");
    Files.writeString(file, explained(format, SLOW));

    JsonNode report = report(CommandRun.of("explain", file.toString(), "--format", "json"));

    assertThat(rules(report)).containsExactly("SeqScanDiscardsMostRows");
    assertThat(statements(report))
        .singleElement()
        .asString()
        .startsWith("CREATE INDEX")
        .endsWith("trades (account_id)");
  }

  @Test
  void diagnosesStandardInputInAnyFormat() throws SQLException {
    byte[] plan = explained("JSON", SLOW).getBytes(StandardCharsets.UTF_8);

    CommandRun text = CommandRun.reading(plan, "explain", "-");

    assertThat(text.exitCode()).isZero();
    assertThat(text.out()).contains("severity", "(account_id)");
    assertThat(CommandRun.reading(plan, "explain", "-", "--format", "html").out())
        .startsWith("<!doctype html>");
    assertThat(CommandRun.reading(plan, "explain", "-", "--format", "markdown").out())
        .startsWith("## ");
  }

  @Test
  void provesTheAdviceOnTheDatabaseNamed() throws SQLException, IOException {
    Path sql = directory.resolve("statement.sql");
    Files.writeString(sql, SLOW + ";\n");
    JsonNode report =
        report(database(explained("TEXT", SLOW), "--what-if", "executed", "--sql", sql.toString()));

    assertThat(report.at("/advice/0/verified/by").asText()).isEqualTo("executed");
    assertThat(report.at("/queries/0/text").asText()).contains("account_id = $1");
    assertThat(report.toString()).doesNotContain("account_id = 7");
  }

  @Test
  void withoutItsStatementNothingCanBeProvedAndThatIsSaid() throws SQLException, IOException {
    CommandRun run = database(explained("JSON", SLOW), "--what-if", "executed");

    assertThat(run.complaints()).singleElement().asString().contains("--sql");
    JsonNode report = ReportContract.read(run.out());
    assertThat(statements(report)).isNotEmpty();
    assertThat(report.at("/advice/0/verified/by").asText()).isEqualTo("none");
    assertThat(report.at("/advice/0/verified/reason").asText())
        .isEqualTo(
            "EXPLAIN's output does not hold its statement: name a file with it by --sql FILE");
  }

  @Test
  void aStatementThatCannotBeReadIsRefused() throws SQLException, IOException {
    Path empty = directory.resolve("empty.sql");
    Files.createFile(empty);
    for (Path wrong : List.of(directory.resolve("missing.sql"), directory, empty)) {
      CommandRun run =
          CommandRun.reading(
              bytes(explained("JSON", SLOW)), "explain", "-", "--sql", wrong.toString());

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.complaints()).singleElement().asString().contains(wrong.toString());
    }
  }

  @Test
  void theCatalogueKnowsThatAnExistingIndexWouldServe() throws SQLException, IOException {
    String plan =
        TRAFFIC.query(
            explain("JSON", "SELECT * FROM served WHERE owner = 7"),
            "SET enable_indexscan = off",
            "SET enable_bitmapscan = off");

    assertThat(
            statements(report(CommandRun.reading(bytes(plan), "explain", "-", "--format", "json"))))
        .singleElement()
        .asString()
        .startsWith("CREATE INDEX");
    assertThat(statements(report(database(plan))))
        .singleElement()
        .asString()
        .contains("served_owner", "would serve");
  }

  @Test
  void theCatalogueKnowsThatATableWasNeverAnalysed() throws SQLException, IOException {
    String plan =
        explained(
            "JSON",
            """
            SELECT count(s.id) FROM unanalysed u JOIN served s ON s.owner = u.owner
              WHERE u.side = 1 AND u.kind = 1
            """);

    JsonNode offline = report(CommandRun.reading(bytes(plan), "explain", "-", "--format", "json"));
    assertThat(rules(offline)).doesNotContain("StatisticsAreStale");
    JsonNode known = report(database(plan));
    assertThat(rules(known)).contains("StatisticsAreStale");
    assertThat(statements(known)).contains("ANALYZE public.unanalysed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"JSON", "TEXT"})
  void aStatementWithoutAPlanIsSaid(String format) throws SQLException {
    String utility = explained(format, "REFRESH MATERIALIZED VIEW leaderboard");

    CommandRun run = CommandRun.reading(bytes(utility), "explain", "-");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.complaints()).hasSize(1);
    assertThat(run.err()).contains("standard input", "no plan");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[{\"Plan\": {\"Node Type\": ",
        "[{\"Plan\": 5}]",
        "Seq Scan on\n   what?",
        "ERROR:  relation \"x\" does not exist",
        "SET",
        "hello"
      })
  void invalidInputIsRefusedWithItsPlace(String input) {
    CommandRun run = CommandRun.reading(bytes(input), "explain", "-");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.complaints()).hasSize(1);
    assertThat(run.err()).contains("standard input: ").containsAnyOf("line ", "/0");
  }

  @Test
  void aServersLogIsForTheOtherCommand() throws IOException {
    for (Path log : List.of(TRAFFIC.log(), TRAFFIC.jsonLog())) {
      CommandRun run = CommandRun.of("explain", log.toString());

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.complaints()).singleElement().asString().contains("--postgres-log");
    }
    assertThat(CommandRun.reading(bytes("hello"), "explain", "-").err())
        .doesNotContain("--postgres-log");
    assertThat(CommandRun.reading(bytes(" "), "explain", "-").err())
        .doesNotContain("--postgres-log");
  }

  @Test
  void asksTheDatabaseWhereNoPlanIsGiven() throws IOException {
    Path sql = directory.resolve("statement.sql");
    Files.writeString(sql, SLOW);

    JsonNode planned = report(asked(sql));
    assertThat(planned.at("/queries/0/status").textValue()).isEqualTo("inconclusive");
    assertThat(planned.at("/queries/0/message").textValue()).contains("was not executed");

    JsonNode measured = report(asked(sql, "--analyze-selects"));
    assertThat(measured.at("/queries/0/status").textValue()).isEqualTo("diagnosed");
  }

  @Test
  void aDollarSignInALiteralIsNoParameter() throws IOException {
    Path sql = directory.resolve("statement.sql");
    Files.writeString(sql, SLOW + " AND '$5' <> '$1'");

    JsonNode measured = report(asked(sql, "--analyze-selects"));

    assertThat(measured.at("/queries/0/status").textValue()).isEqualTo("diagnosed");
  }

  @Test
  void runsNothingThatMayDoMoreThanRead() throws IOException {
    Path sql = directory.resolve("statement.sql");
    Files.writeString(sql, "DELETE FROM trading.trades");

    CommandRun run = asked(sql, "--analyze-selects");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.complaints())
        .containsExactly("spanwise: --sql: only a SELECT that writes nothing is run");
  }

  private static CommandRun asked(Path sql, String... more) {
    return CommandRun.of(
        Stream.concat(
                Stream.of(
                    "explain",
                    "--format",
                    "json",
                    "--database",
                    TRAFFIC.jdbcUrl(),
                    "--sql",
                    sql.toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static CommandRun database(String plan, String... more) {
    return CommandRun.reading(
        bytes(plan),
        Stream.concat(
                Stream.of("explain", "-", "--format", "json", "--database", TRAFFIC.jdbcUrl()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static JsonNode report(CommandRun run) throws IOException {
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    return ReportContract.read(run.out());
  }

  private static String explained(String format, String sql) throws SQLException {
    return TRAFFIC.query(explain(format, sql));
  }

  private static String explain(String format, String sql) {
    return "EXPLAIN (ANALYZE, BUFFERS, VERBOSE, FORMAT " + format + ") " + sql;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> rules(JsonNode report) {
    return report.at("/findings").findValuesAsText("rule");
  }

  private static List<String> statements(JsonNode report) {
    return report.at("/advice").findValuesAsText("statement");
  }
}
