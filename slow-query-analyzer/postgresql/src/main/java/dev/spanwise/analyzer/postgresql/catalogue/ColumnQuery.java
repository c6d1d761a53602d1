package dev.spanwise.analyzer.postgresql.catalogue;

import dev.spanwise.analyzer.catalogue.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Columns with their statistics, by the relation's oid. */
final class ColumnQuery {

  private static final String COLUMNS =
      """
      SELECT c.oid, a.attnum, a.attname, a.atttypid, a.attnotnull,
        a.attgenerated <> '' AS generated,
        pg_catalog.format_type(a.atttypid, a.atttypmod) AS type
      FROM %s JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
        AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY a.attrelid, a.attnum
      """
          .formatted(Rows.RELATIONS);

  private ColumnQuery() {}

  static Map<Long, List<Column>> run(Rows rows, Weaknesses weaknesses) throws SQLException {
    Map<Long, Boolean> comparable = ComparableTypesQuery.run(rows);
    Map<StatisticsQuery.Key, StatisticsQuery.Statistics> statistics =
        StatisticsQuery.run(rows, weaknesses);
    Map<Long, List<Column>> columns = new HashMap<>();
    rows.each(
        COLUMNS,
        row -> {
          long relation = row.getLong("oid");
          StatisticsQuery.Statistics known =
              statistics.get(new StatisticsQuery.Key(relation, row.getInt("attnum")));
          boolean ordered = comparable.getOrDefault(row.getLong("atttypid"), false);
          columns
              .computeIfAbsent(relation, missing -> new ArrayList<>())
              .add(column(row, known, ordered));
        });
    return columns;
  }

  private static Column column(
      ResultSet row, StatisticsQuery.@Nullable Statistics known, boolean comparable)
      throws SQLException {
    return new Column(
        Rows.text(row, "attname"),
        Rows.text(row, "type"),
        row.getBoolean("attnotnull"),
        known == null ? null : known.distinct(),
        known == null ? null : known.nullFraction(),
        known == null ? null : known.correlation(),
        known == null ? null : known.averageWidth(),
        known == null ? null : known.commonestFrequency(),
        row.getBoolean("generated"),
        comparable);
  }
}
