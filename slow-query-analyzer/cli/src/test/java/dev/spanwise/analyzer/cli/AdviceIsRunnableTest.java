package dev.spanwise.analyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The statement of an advice can be copied into psql as it stands. */
class AdviceIsRunnableTest {

  private static final RecordedTraffic TRAFFIC = RecordedTraffic.get();

  @BeforeAll
  static void makeTables() throws SQLException {
    TRAFFIC.execute(
        """
        CREATE SCHEMA IF NOT EXISTS "Sales Data";
        CREATE TABLE IF NOT EXISTS "Sales Data"."Order Items" AS
          SELECT n AS id, n % 5000 AS "Account Id", n % 5000 AS "user", n % 5000 AS "say ""hi\""",
            n AS "größe", timestamptz '2026-01-01' + n * interval '1 second' AS "placedAt"
          FROM generate_series(1, 100000) n;
        ANALYZE "Sales Data"."Order Items"
        """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WHERE \"Account Id\" = 7",
        "WHERE \"user\" = 7 AND \"größe\" > 5",
        "WHERE \"say \"\"hi\"\"\" = 7",
        "oi WHERE oi.\"Account Id\" = 7 AND oi.\"user\" IN (7, 8)",
        "WHERE id > 0 ORDER BY \"placedAt\" DESC, \"größe\" LIMIT 5",
        "ORDER BY \"placedAt\" DESC NULLS LAST LIMIT 5"
      })
  void createIndexRunsOutsideATransaction(String rest) throws SQLException, IOException {
    String plan =
        TRAFFIC.query(
            "EXPLAIN (ANALYZE, VERBOSE, FORMAT JSON) SELECT * FROM \"Sales Data\".\"Order Items\" "
                + rest);
    CommandRun run =
        CommandRun.reading(
            plan.getBytes(StandardCharsets.UTF_8),
            "explain",
            "-",
            "--format",
            "json",
            "--database",
            TRAFFIC.jdbcUrl());
    assertThat(run.err()).isEmpty();
    JsonNode advice = ReportContract.read(run.out()).at("/advice/0");
    assertThat(advice.at("/kind").asText()).isEqualTo("create-index");

    int before = indexes();
    TRAFFIC.execute(advice.at("/statement").asText());
    assertThat(indexes()).isEqualTo(before + 1);
    dropIndexes();
  }

  private static int indexes() throws SQLException {
    return Integer.parseInt(
        TRAFFIC.query("SELECT count(*) FROM pg_indexes WHERE schemaname = 'Sales Data'").strip());
  }

  private static void dropIndexes() throws SQLException {
    TRAFFIC.execute(
        """
        DO $$ DECLARE name text; BEGIN
          FOR name IN SELECT indexname FROM pg_indexes WHERE schemaname = 'Sales Data' LOOP
            EXECUTE format('DROP INDEX "Sales Data".%I', name);
          END LOOP;
        END $$
        """);
  }
}
