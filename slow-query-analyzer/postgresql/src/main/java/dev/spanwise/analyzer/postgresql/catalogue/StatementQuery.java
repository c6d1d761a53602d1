package dev.spanwise.analyzer.postgresql.catalogue;

import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.catalogue.StatementStatistics;
import dev.spanwise.instrumentation.fingerprint.Statement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What pg_stat_statements counted of this database's statements, where it is installed. */
final class StatementQuery {

  private static final String HIDDEN = "<insufficient privilege>";

  private static final String WHERE =
      """
      SELECT n.nspname FROM pg_catalog.pg_extension e
        JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
      WHERE e.extname = 'pg_stat_statements'
      """;

  /** The extension keeps 5,000 by default. */
  private static final String SQL =
      """
      SELECT s.query, s.calls, s.total_exec_time, s.rows
      FROM %s.pg_stat_statements s
      WHERE s.dbid = (SELECT d.oid FROM pg_catalog.pg_database d
          WHERE d.datname = pg_catalog.current_database())
        AND pg_catalog.length(s.query) <= 65536
      ORDER BY s.total_exec_time DESC LIMIT 5000
      """;

  private StatementQuery() {}

  static Map<Long, StatementStatistics> run(Rows rows, Weaknesses weaknesses) throws SQLException {
    List<String> schemas = new ArrayList<>();
    rows.each(WHERE, row -> schemas.add(Rows.text(row, "nspname")));
    if (schemas.isEmpty()) {
      return Map.of();
    }
    Map<Long, StatementStatistics> byFingerprint = new HashMap<>();
    boolean[] hidden = new boolean[1];
    try {
      rows.eachOrUndo(
          SQL.formatted(RelationName.quoted(schemas.get(0))),
          row -> {
            String query = Rows.text(row, "query");
            if (query.equals(HIDDEN)) {
              hidden[0] = true;
              return;
            }
            StatementStatistics counted =
                new StatementStatistics(
                    Statement.of(query).fingerprint(),
                    row.getLong("calls"),
                    row.getDouble("total_exec_time"),
                    row.getLong("rows"));
            byFingerprint.merge(counted.fingerprint(), counted, StatementQuery::sum);
          });
    } catch (SQLException e) {
      weaknesses.add(
          "pg_stat_statements is installed and cannot be read (SQLSTATE "
              + e.getSQLState()
              + "): how many rows a statement returns is known from plans and spans alone");
    }
    if (hidden[0]) {
      weaknesses.add(
          "pg_stat_statements hides the statements of other roles: how many rows these return is"
              + " known from plans and spans alone; grant pg_read_all_stats");
    }
    return byFingerprint;
  }

  private static StatementStatistics sum(StatementStatistics one, StatementStatistics other) {
    return new StatementStatistics(
        one.fingerprint(),
        one.calls() + other.calls(),
        one.executionMs() + other.executionMs(),
        one.rows() + other.rows());
  }
}
