package dev.spanwise.agent.postgresql;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The server process behind a connection. Both numbers are boxed once, so that describing a span
 * allocates nothing.
 *
 * @param startEpochMillis when the process started, against a later process with the same id
 */
record Backend(Long pid, Long startEpochMillis) {
  private static final AttributeKey<Long> PID = AttributeKey.longKey("postgresql.pid");
  private static final AttributeKey<Long> START =
      AttributeKey.longKey("spanwise.postgresql.backend_start");

  // The function behind pg_stat_activity, asked for this session alone: it does not visit the
  // others.
  private static final String QUERY =
      "SELECT pid, floor(extract(epoch FROM backend_start) * 1000)::bigint"
          + " FROM pg_catalog.pg_stat_get_activity(pg_catalog.pg_backend_pid())";
  private static final int TIMEOUT_SECONDS = 1;

  static Backend of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(TIMEOUT_SECONDS);
      try (ResultSet row = statement.executeQuery(QUERY)) {
        if (!row.next()) {
          throw new SQLException("the server lists no activity for its own session");
        }
        return new Backend(row.getLong(1), row.getLong(2));
      }
    }
  }

  void describe(Span span) {
    span.setAttribute(PID, pid);
    span.setAttribute(START, startEpochMillis);
  }
}
