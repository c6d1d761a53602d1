package dev.spanwise.analyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.sql.SQLException;
import java.util.List;

/** What must not come out, and where it goes in. */
final class Secrets {

  /** In a literal, a comment, a bind value, a password. */
  static final String TEXT = "S3CR3T-7f31c09e";

  /** A number of that many digits is nothing but itself. */
  static final String NUMBER = "730194826517";

  static final String MALFORMED_LOG =
      TEXT
          + "\n2026-11-22 10:00:00.000 UTC ["
          + TEXT
          + "] LOG:  duration: 12.5 ms  plan:\n\t{ \"Query Text\": \""
          + TEXT
          + "\n2026-11-22 10:00:00.000 UTC [17] LOG:  duration: 12.5 ms  plan:\n\t{ \"Query Text\": \"x\", \"Plan\": { \"Node Type\": "
          + TEXT
          + " } }\n2026-11-22 10:00:00.000 UTC [17] LOG:  duration: 12.5 ms  plan:\n\tQuery Text: "
          + TEXT
          + "\n\t"
          + TEXT
          + "\n";

  private static final List<String> STATEMENTS =
      List.of(
          "SELECT count(*) FROM secret_rows WHERE token = '" + TEXT + "'",
          "SELECT count(*) FROM secret_rows WHERE number = " + NUMBER,
          "SELECT count(*) FROM secret_rows WHERE number IN (1, 2, " + NUMBER + ")",
          "SELECT /* "
              + TEXT
              + " */ count(*) FROM secret_rows WHERE token = $tag$"
              + TEXT
              + "$tag$",
          "SELECT count(*) FROM secret_rows -- "
              + TEXT
              + "\n WHERE token LIKE E'%\\x41"
              + TEXT
              + "%'",
          "SELECT token || '"
              + TEXT
              + "' FROM secret_rows WHERE number % 2 = 0"
              + " ORDER BY abs(number - "
              + NUMBER
              + ") LIMIT 5",
          "SELECT \"owner\" AS \"x\", max(token) FROM secret_rows WHERE \"owner\" = 42"
              + " AND token <> '"
              + TEXT
              + "' GROUP BY 1",
          "SELECT count(*) FROM secret_rows WHERE token = ANY (ARRAY['a', '" + TEXT + "'])",
          "SELECT count(*) FROM secret_rows r JOIN (VALUES ('"
              + TEXT
              + "'), ('b')) v (token)"
              + " ON r.token = v.token AND r.owner < "
              + NUMBER);

  private Secrets() {}

  static void makeTables(RecordedTraffic traffic) throws SQLException {
    traffic.execute(
        """
        CREATE TABLE IF NOT EXISTS secret_rows AS
          SELECT n::bigint AS number, n % 2000 AS owner, 'token ' || n AS token
          FROM generate_series(1, 200000) n;
        ANALYZE secret_rows
        """);
  }

  /** The traffic's database for a role whose password is a planted text. */
  static String databaseUrl(RecordedTraffic traffic) throws SQLException {
    traffic.execute("DROP ROLE IF EXISTS keeper");
    traffic.execute("CREATE ROLE keeper SUPERUSER LOGIN PASSWORD '" + TEXT + "'");
    String url = traffic.jdbcUrl();
    return url.substring(0, url.indexOf('?')) + "?user=keeper&password=" + TEXT;
  }

  static void run(TracedStatements statements) throws SQLException {
    for (int i = 0; i < 3; i++) {
      for (String sql : STATEMENTS) {
        statements.run("/secrets", sql);
      }
      statements.run("/bound", "SELECT count(*) FROM secret_rows WHERE token = ?", TEXT);
      statements.run(
          "/bound", "SELECT count(*) FROM secret_rows WHERE number = ?", Long.valueOf(NUMBER));
    }
    failing(statements, "SELECT '" + TEXT + "'::bigint");
    failing(statements, "SELECT no_such_column FROM secret_rows WHERE token = '" + TEXT + "'");
  }

  private static void failing(TracedStatements statements, String sql) {
    assertThatThrownBy(() -> statements.run("/failing", sql)).hasMessageContaining("ERROR");
  }

  /** The request as of an instrumentation that names database spans by their statements. */
  static ExportTraceServiceRequest inDatabaseNames(ExportTraceServiceRequest request) {
    ExportTraceServiceRequest.Builder renamed = request.toBuilder();
    for (ResourceSpans.Builder resource : renamed.getResourceSpansBuilderList()) {
      for (ScopeSpans.Builder scope : resource.getScopeSpansBuilderList()) {
        for (Span.Builder span : scope.getSpansBuilderList()) {
          if (span.getAttributesList().stream().anyMatch(a -> a.getKey().startsWith("db."))) {
            span.setName("SELECT '" + TEXT + "', " + NUMBER);
          }
        }
      }
    }
    return renamed.build();
  }

  static List<String> explainable() {
    return STATEMENTS;
  }

  /** Pieces that are no spans, each with the secret where a parser looks first. */
  static List<String> malformedSpans() {
    return List.of(
        TEXT,
        TEXT + "\n" + TEXT + "\n",
        "{" + TEXT + "}",
        "{\"resourceSpans\": " + TEXT + "}",
        "{\"resourceSpans\": \"" + TEXT + "\"}",
        "{\"" + TEXT + "\": " + TEXT,
        "{\"resourceSpans\": [{\"scopeSpans\": [{\"spans\": [{\"traceId\": \"" + TEXT + "\"}]}]}]}",
        "{\"resourceSpans\": [{\"scopeSpans\": [{\"spans\": [{\"traceId\":"
            + " \"0af7651916cd43dd8448eb211c80319c\", \"spanId\": \"b7ad6b7169203331\","
            + " \"startTimeUnixNano\": \""
            + TEXT
            + "\", \"endTimeUnixNano\": \""
            + NUMBER
            + NUMBER
            + "\"}]}]}]}",
        "{\"resourceSpans\": [{\"scopeSpans\": [{\"spans\": [{\"kind\": \"" + TEXT + "\"}]}]}]}",
        "{\"resourceSpans\": [" + NUMBER + NUMBER + "]}",
        "\u001f\u008b" + TEXT,
        "\n" + TEXT,
        "\u0000" + TEXT + "\u0000" + TEXT);
  }

  static void assertNone(CommandRun run) {
    assertNone(run.out());
    assertNone(run.err());
  }

  static void assertNone(String output) {
    for (String secret : List.of(TEXT, "7f31c09e", NUMBER)) {
      int at = output.indexOf(secret);
      assertThat(
              at < 0
                  ? ""
                  : output.substring(Math.max(0, at - 150), Math.min(output.length(), at + 60)))
          .as("what surrounds a secret")
          .isEmpty();
    }
  }
}
