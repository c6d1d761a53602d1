package dev.spanwise.analyzer.postgresql.catalogue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The planner's statistics of each column, without the values that they hold. From pg_statistic
 * where the role may read it (that needs no right to the tables and no look at row security), else
 * from <a href="https://www.postgresql.org/docs/current/view-pg-stats.html">pg_stats</a>.
 */
final class StatisticsQuery {

  /** Of tables with children there are two rows; the one with {@code inherited} comes first. */
  private static final String RAW =
      """
      SELECT c.oid, s.staattnum AS attnum, s.stanullfrac AS null_frac, s.stawidth AS avg_width,
        s.stadistinct AS n_distinct,
        CASE 3 WHEN s.stakind1 THEN s.stanumbers1[1] WHEN s.stakind2 THEN s.stanumbers2[1]
          WHEN s.stakind3 THEN s.stanumbers3[1] WHEN s.stakind4 THEN s.stanumbers4[1]
          WHEN s.stakind5 THEN s.stanumbers5[1] END AS correlation,
        CASE 1 WHEN s.stakind1 THEN s.stanumbers1[1] WHEN s.stakind2 THEN s.stanumbers2[1]
          WHEN s.stakind3 THEN s.stanumbers3[1] WHEN s.stakind4 THEN s.stanumbers4[1]
          WHEN s.stakind5 THEN s.stanumbers5[1] END AS commonest
      FROM %s JOIN pg_catalog.pg_statistic s ON s.starelid = c.oid
      ORDER BY s.stainherit DESC
      """
          .formatted(Rows.RELATIONS);

  private static final String VIEW =
      """
      SELECT c.oid, a.attnum, s.null_frac, s.avg_width, s.n_distinct, s.correlation,
        s.most_common_freqs[1] AS commonest
      FROM %s
        JOIN pg_catalog.pg_stats s ON s.schemaname = n.nspname AND s.tablename = c.relname
        JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = s.attname
      ORDER BY s.inherited DESC
      """
          .formatted(Rows.RELATIONS);

  private static final String HIDDEN =
      """
      SELECT pg_catalog.format('%%s.%%s', n.nspname, c.relname) AS name
      FROM %s
      WHERE pg_catalog.row_security_active(c.oid)
        OR NOT pg_catalog.has_table_privilege(c.oid, 'SELECT')
          AND EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid
            AND a.attnum > 0 AND NOT a.attisdropped
            AND NOT pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT'))
      """
          .formatted(Rows.RELATIONS);

  private StatisticsQuery() {}

  record Key(long relation, int column) {}

  record Statistics(
      @Nullable Double distinct,
      @Nullable Double nullFraction,
      @Nullable Double correlation,
      @Nullable Integer averageWidth,
      @Nullable Double commonestFrequency) {}

  static Map<Key, Statistics> run(Rows rows, Weaknesses weaknesses) throws SQLException {
    boolean raw =
        rows.one(
            "SELECT pg_catalog.has_table_privilege('pg_catalog.pg_statistic', 'SELECT')",
            row -> row.getBoolean(1));
    if (!raw) {
      rows.each(HIDDEN, row -> weaknesses.statisticsHidden(Rows.text(row, "name")));
    }
    Map<Key, Statistics> statistics = new HashMap<>();
    rows.each(
        raw ? RAW : VIEW,
        row -> statistics.put(new Key(row.getLong("oid"), row.getInt("attnum")), read(row)));
    return statistics;
  }

  private static Statistics read(ResultSet row) throws SQLException {
    return new Statistics(
        Rows.doubleOrNull(row, "n_distinct"),
        Rows.doubleOrNull(row, "null_frac"),
        Rows.doubleOrNull(row, "correlation"),
        row.getInt("avg_width"),
        Rows.doubleOrNull(row, "commonest"));
  }
}
