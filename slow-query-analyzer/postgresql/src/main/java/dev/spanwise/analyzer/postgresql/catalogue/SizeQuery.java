package dev.spanwise.analyzer.postgresql.catalogue;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Main-fork bytes of tables and indexes by oid. */
final class SizeQuery {

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private static final String OBJECTS =
      """
      (SELECT c.oid, c.relpages FROM %1$s WHERE c.relkind IN ('r', 'm')
       UNION ALL
       SELECT x.oid, x.relpages FROM %1$s
         JOIN pg_catalog.pg_index i ON i.indrelid = c.oid
         JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid AND x.relkind = 'i') o
      """
          .formatted(Rows.RELATIONS);

  private SizeQuery() {}

  static Map<Long, Long> run(Rows rows, Weaknesses weaknesses) throws SQLException {
    Map<Long, Long> sizes = new HashMap<>();
    try {
      rows.eachOrUndo(
          "SELECT o.oid, pg_catalog.pg_relation_size(o.oid) FROM " + OBJECTS,
          row -> sizes.put(row.getLong(1), row.getLong(2)));
    } catch (SQLException e) {
      if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        throw e;
      }
      weaknesses.add(
          "a table is locked, so sizes are those of the last VACUUM or ANALYZE: bloat may not show");
      sizes.clear();
      rows.each(
          "SELECT o.oid, o.relpages * pg_catalog.current_setting('block_size')::bigint FROM "
              + OBJECTS,
          row -> sizes.put(row.getLong(1), row.getLong(2)));
    }
    return sizes;
  }
}
