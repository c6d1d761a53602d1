package dev.spanwise.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One row by its primary key, as an application reads it. */
final class PointRead {
  private static final String SQL = "select balance from accounts where id = ?";
  private static final long ID = 4_242;

  private PointRead() {}

  /**
   * Makes what is read.
   *
   * @param connection to an empty database
   */
  static void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          create table if not exists accounts as
          select id::bigint, id * 7::bigint as balance from generate_series(1, 10000) id""");
      statement.execute("create unique index if not exists accounts_id on accounts (id)");
      statement.execute("vacuum analyze accounts");
    }
  }

  static long read(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      statement.setLong(1, ID);
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          throw new SQLException("account %d is not there".formatted(ID));
        }
        return rows.getLong(1);
      }
    }
  }
}
