package dev.spanwise.analyzer.postgresql.catalogue;

import dev.spanwise.analyzer.catalogue.Activity;
import dev.spanwise.analyzer.catalogue.Column;
import dev.spanwise.analyzer.catalogue.Index;
import dev.spanwise.analyzer.catalogue.Relation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tables with their counters. */
final class RelationQuery {

  /**
   * The functions behind pg_stat_all_tables: the view also adds up each table's indexes. It holds
   * partitioned tables since PostgreSQL 14. The version is text: a number would be printed in the
   * locale's digits.
   */
  private static final String SQL =
      """
      SELECT c.oid, n.nspname, c.relname, c.relkind, c.reltuples, c.relpages,
        c.relkind IN ('r', 'm') OR c.relkind = 'p' AND %1$s >= 140000 AS counted,
        pg_catalog.pg_stat_get_live_tuples(c.oid) AS live_rows,
        pg_catalog.pg_stat_get_dead_tuples(c.oid) AS dead_rows,
        pg_catalog.pg_stat_get_mod_since_analyze(c.oid) AS changed,
        pg_catalog.pg_stat_get_ins_since_vacuum(c.oid) AS inserted,
        pg_catalog.pg_stat_get_tuples_deleted(c.oid) AS deleted,
        pg_catalog.pg_stat_get_numscans(c.oid) AS table_scans,
        greatest(pg_catalog.pg_stat_get_last_analyze_time(c.oid),
          pg_catalog.pg_stat_get_last_autoanalyze_time(c.oid)) AS last_analyze,
        greatest(pg_catalog.pg_stat_get_last_vacuum_time(c.oid),
          pg_catalog.pg_stat_get_last_autovacuum_time(c.oid)) AS last_vacuum
      FROM %2$s
      ORDER BY n.nspname, c.relname
      """;

  private static final int NEGATIVE_MEANS_UNKNOWN_SINCE = 140_000;

  private RelationQuery() {}

  static List<Relation> run(
      Rows rows,
      int version,
      Map<Long, List<Column>> columns,
      Map<Long, List<Index>> indexes,
      Map<Long, Long> sizes,
      Structure structure)
      throws SQLException {
    List<Relation> relations = new ArrayList<>();
    rows.each(
        SQL.formatted(Integer.toString(version), Rows.RELATIONS),
        row -> {
          long oid = row.getLong("oid");
          relations.add(
              new Relation(
                  Rows.text(row, "nspname"),
                  Rows.text(row, "relname"),
                  kind(Rows.text(row, "relkind")),
                  estimatedRows(row, version),
                  sizes.getOrDefault(oid, 0L),
                  columns.getOrDefault(oid, List.of()),
                  indexes.getOrDefault(oid, List.of()),
                  row.getBoolean("counted") ? activity(row) : null,
                  structure.foreignKeys().getOrDefault(oid, List.of()),
                  structure.extendedStatistics().getOrDefault(oid, List.of()),
                  structure.partitionings().get(oid),
                  structure.parents().get(oid)));
        });
    return relations;
  }

  private static Relation.Kind kind(String relkind) {
    return switch (relkind) {
      case "p" -> Relation.Kind.PARTITIONED_TABLE;
      case "m" -> Relation.Kind.MATERIALIZED_VIEW;
      case "f" -> Relation.Kind.FOREIGN_TABLE;
      default -> Relation.Kind.TABLE;
    };
  }

  /** PostgreSQL 13 writes zero both for an empty table and for one that nobody looked at. */
  private static @Nullable Double estimatedRows(ResultSet row, int version) throws SQLException {
    double tuples = row.getDouble("reltuples");
    boolean unknown =
        version >= NEGATIVE_MEANS_UNKNOWN_SINCE
            ? tuples < 0
            : tuples == 0 && row.getInt("relpages") == 0;
    return unknown ? null : tuples;
  }

  private static Activity activity(ResultSet row) throws SQLException {
    return new Activity(
        row.getLong("live_rows"),
        row.getLong("dead_rows"),
        row.getLong("changed"),
        row.getLong("inserted"),
        row.getLong("deleted"),
        row.getLong("table_scans"),
        Rows.instant(row, "last_analyze"),
        Rows.instant(row, "last_vacuum"));
  }
}
