package dev.spanwise.analyzer.postgresql.whatif;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What pg_class says of a table's size. CREATE INDEX overwrites it in place, which a rollback does
 * not undo; the planner's estimates for the table move with it.
 *
 * @param allFrozen since PostgreSQL 18; zero before
 */
record TableStatistics(long table, int pages, float rows, int allVisible, int allFrozen) {

  private static final int RESTORE_FUNCTION_SINCE = 180_000;

  private static final String STILL_WRITTEN =
      " WHERE c.oid = ?::oid AND c.relpages = ? AND c.reltuples = ?::real AND c.relallvisible = ?";

  private static final String UPDATE =
      "UPDATE pg_catalog.pg_class c SET relpages = ?, reltuples = ?::real, relallvisible = ?"
          + STILL_WRITTEN;

  private static final String RESTORE =
      "SELECT pg_catalog.pg_restore_relation_stats("
          + "'schemaname', n.nspname::text, 'relname', c.relname::text,"
          + " 'relpages', ?::integer, 'reltuples', ?::real, 'relallvisible', ?::integer,"
          + " 'relallfrozen', ?::integer) FROM pg_catalog.pg_class c"
          + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
          + STILL_WRITTEN;

  /** Of the table and, where it is partitioned, of its partitions. */
  static List<TableStatistics> of(Connection connection, long table, int serverVersion)
      throws SQLException {
    String allFrozen = serverVersion >= RESTORE_FUNCTION_SINCE ? "c.relallfrozen" : "0";
    String sql =
        "SELECT c.oid, c.relpages, c.reltuples, c.relallvisible, "
            + allFrozen
            + " FROM pg_catalog.pg_class c WHERE c.oid = ?::oid OR c.oid IN"
            + " (SELECT relid FROM pg_catalog.pg_partition_tree(?::oid::regclass))";
    List<TableStatistics> statistics = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, table);
      statement.setLong(2, table);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          statistics.add(
              new TableStatistics(
                  row.getLong(1), row.getInt(2), row.getFloat(3), row.getInt(4), row.getInt(5)));
        }
      }
    }
    return statistics;
  }

  /** Whether the role may put them back: as the table's maintainer, before 18 as a superuser. */
  static boolean mayRestore(Connection connection, long table, int serverVersion)
      throws SQLException {
    String sql =
        serverVersion >= RESTORE_FUNCTION_SINCE
            ? "SELECT pg_catalog.has_table_privilege(?::oid, 'MAINTAIN')"
            : "SELECT pg_catalog.has_table_privilege('pg_catalog.pg_class', 'UPDATE')"
                + " WHERE ?::oid IS NOT NULL";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, table);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  /** Puts these back in place of {@code written}; leaves what another has written since. */
  void restore(Connection connection, TableStatistics written, int serverVersion)
      throws SQLException {
    if (equals(written)) {
      return;
    }
    boolean function = serverVersion >= RESTORE_FUNCTION_SINCE;
    try (PreparedStatement statement = connection.prepareStatement(function ? RESTORE : UPDATE)) {
      int parameter = 0;
      statement.setInt(++parameter, pages);
      statement.setFloat(++parameter, rows);
      statement.setInt(++parameter, allVisible);
      if (function) {
        statement.setInt(++parameter, allFrozen);
      }
      statement.setLong(++parameter, table);
      statement.setInt(++parameter, written.pages);
      statement.setFloat(++parameter, written.rows);
      statement.setInt(++parameter, written.allVisible);
      statement.execute();
    }
  }
}
