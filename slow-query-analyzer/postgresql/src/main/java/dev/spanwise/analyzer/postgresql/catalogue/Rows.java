package dev.spanwise.analyzer.postgresql.catalogue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Runs the catalogue's queries inside the open transaction, fetching some rows at a time. */
final class Rows {

  /** The relations that a catalogue holds: {@code c} and its namespace {@code n}. */
  static final String RELATIONS =
      """
      pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        AND c.relkind IN ('r', 'p', 'm', 'f') AND c.relpersistence <> 't'
        AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
      """;

  private static final int FETCHED_ROWS = 2000;

  private final Connection connection;

  Rows(Connection connection) {
    this.connection = connection;
  }

  /** Takes a row of the result, where its cursor stands. */
  @FunctionalInterface
  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** As {@link Reader}, without a value. */
  @FunctionalInterface
  interface Action {
    void accept(ResultSet row) throws SQLException;
  }

  void each(String sql, Action action) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCHED_ROWS);
      try (ResultSet result = statement.executeQuery(sql)) {
        while (result.next()) {
          action.accept(result);
        }
      }
    }
  }

  <T> T one(String sql, Reader<T> reader) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return reader.read(result);
    }
  }

  /** As {@link #each}; after a failure the transaction goes on. */
  void eachOrUndo(String sql, Action action) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      each(sql, action);
    } catch (SQLException e) {
      connection.rollback(before);
      throw e;
    }
  }

  static @Nullable Double doubleOrNull(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? null : value;
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp timestamp = row.getTimestamp(column);
    return timestamp == null ? null : timestamp.toInstant();
  }

  static String text(ResultSet row, String column) throws SQLException {
    String value = row.getString(column);
    if (value == null) {
      throw new SQLException("the catalogue has NULL in " + column);
    }
    return value;
  }
}
