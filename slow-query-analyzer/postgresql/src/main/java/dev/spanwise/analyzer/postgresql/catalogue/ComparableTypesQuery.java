package dev.spanwise.analyzer.postgresql.catalogue;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Which column types have a default btree operator class, by the server's own rule
 * (GetDefaultOpClass): of the type itself, of one that it is binary-coercible to, or of the
 * pseudo-type of all enums, ranges and so on. A domain counts as its base type, an array as its
 * elements.
 */
final class ComparableTypesQuery {

  private static final String SQL =
      """
      WITH RECURSIVE used AS (
        SELECT DISTINCT a.atttypid AS column_type, a.atttypid AS type
        FROM %s JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
          AND a.attnum > 0 AND NOT a.attisdropped
        UNION
        SELECT u.column_type, CASE t.typtype WHEN 'd' THEN t.typbasetype ELSE t.typelem END
        FROM used u JOIN pg_catalog.pg_type t ON t.oid = u.type
        WHERE t.typtype = 'd' OR t.typcategory = 'A' AND t.typelem <> 0
      ),
      ordered AS (
        SELECT o.opcintype AS type FROM pg_catalog.pg_opclass o
          JOIN pg_catalog.pg_am m ON m.oid = o.opcmethod AND m.amname = 'btree'
        WHERE o.opcdefault
      )
      SELECT u.column_type,
        t.typtype IN ('e', 'r', 'm', 'c')
        OR EXISTS (SELECT FROM ordered o WHERE o.type = t.oid)
        OR EXISTS (SELECT FROM pg_catalog.pg_cast k JOIN ordered o ON o.type = k.casttarget
          WHERE k.castsource = t.oid AND k.castmethod = 'b' AND k.castcontext = 'i') AS comparable
      FROM used u JOIN pg_catalog.pg_type t ON t.oid = u.type
      WHERE t.typtype <> 'd' AND NOT (t.typcategory = 'A' AND t.typelem <> 0)
      """
          .formatted(Rows.RELATIONS);

  private ComparableTypesQuery() {}

  static Map<Long, Boolean> run(Rows rows) throws SQLException {
    Map<Long, Boolean> comparable = new HashMap<>();
    rows.each(SQL, row -> comparable.put(row.getLong(1), row.getBoolean(2)));
    return comparable;
  }
}
