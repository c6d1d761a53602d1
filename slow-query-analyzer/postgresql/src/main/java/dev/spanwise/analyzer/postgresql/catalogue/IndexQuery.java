package dev.spanwise.analyzer.postgresql.catalogue;

import dev.spanwise.analyzer.catalogue.Index;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Indexes by the relation's oid, invalid ones included. */
final class IndexQuery {

  /** {@code pg_index.indoption}: bit 0 is DESC, bit 1 is NULLS FIRST. */
  private static final int DESCENDING = 1;

  private static final int NULLS_FIRST = 2;

  private static final int NULLS_NOT_DISTINCT_SINCE = 150_000;

  private static final String KEYS =
      """
      SELECT i.indexrelid, k.position > i.indnkeyatts AS included, a.attname,
        CASE i.indkey[k.position - 1] WHEN 0
          THEN pg_catalog.pg_get_indexdef(i.indexrelid, k.position, false) END AS expression,
        CASE WHEN k.position <= i.indnkeyatts THEN i.indoption[k.position - 1] END AS options,
        CASE WHEN NOT o.opcdefault THEN o.opcname END AS operator_class,
        CASE WHEN l.oid <> coalesce(a.attcollation, k.default_collation) THEN l.collname END
          AS collation
      FROM %s JOIN pg_catalog.pg_index i ON i.indrelid = c.oid
        CROSS JOIN LATERAL (SELECT position, 100::oid AS default_collation
          FROM pg_catalog.generate_series(1, i.indnatts) AS s(position)) k
        LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
          AND a.attnum = i.indkey[k.position - 1] AND i.indkey[k.position - 1] <> 0
        LEFT JOIN pg_catalog.pg_opclass o ON k.position <= i.indnkeyatts
          AND o.oid = i.indclass[k.position - 1]
        LEFT JOIN pg_catalog.pg_collation l ON k.position <= i.indnkeyatts
          AND l.oid = i.indcollation[k.position - 1]
      ORDER BY i.indexrelid, k.position
      """
          .formatted(Rows.RELATIONS);

  private static final String INDEXES =
      """
      SELECT c.oid, i.indexrelid, x.relname, m.amname, i.indisunique, i.indisvalid,
        pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS predicate,
        pg_catalog.pg_stat_get_numscans(i.indexrelid) AS scans,
        (SELECT k.conname FROM pg_catalog.pg_constraint k
          WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x') LIMIT 1) AS constraint,
        %s AS nulls_not_distinct, NOT i.indimmediate AS deferrable,
        i.indisreplident OR i.indisprimary AND c.relreplident = 'd' AS replica_identity,
        i.indisclustered,
        EXISTS (SELECT FROM pg_catalog.pg_inherits h WHERE h.inhrelid = i.indexrelid) AS attached,
        NOT i.indisvalid AND EXISTS (SELECT FROM pg_catalog.pg_locks l
          WHERE l.relation = i.indrelid AND l.mode = 'ShareUpdateExclusiveLock' AND l.granted
            AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d
              WHERE d.datname = pg_catalog.current_database())) AS being_built,
        CASE WHEN pg_catalog.current_setting('track_commit_timestamp') = 'on'
          THEN pg_catalog.pg_xact_commit_timestamp(i.xmin) END AS changed_at
      FROM %s JOIN pg_catalog.pg_index i ON i.indrelid = c.oid
        JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
        JOIN pg_catalog.pg_am m ON m.oid = x.relam
      ORDER BY c.oid, x.relname
      """;

  private IndexQuery() {}

  private record Columns(List<Index.Key> keys, List<String> included) {}

  /**
   * @param version {@code server_version_num}
   */
  static Map<Long, List<Index>> run(Rows rows, int version, Map<Long, Long> sizes)
      throws SQLException {
    Map<Long, Columns> columns = new HashMap<>();
    rows.each(
        KEYS,
        row -> {
          Columns of =
              columns.computeIfAbsent(
                  row.getLong("indexrelid"),
                  missing -> new Columns(new ArrayList<>(), new ArrayList<>()));
          if (row.getBoolean("included")) {
            of.included.add(Rows.text(row, "attname"));
          } else {
            of.keys.add(key(row));
          }
        });
    Map<Long, List<Index>> indexes = new HashMap<>();
    rows.each(
        INDEXES.formatted(
            version >= NULLS_NOT_DISTINCT_SINCE ? "i.indnullsnotdistinct" : "false",
            Rows.RELATIONS),
        row -> {
          long oid = row.getLong("indexrelid");
          Columns of = columns.getOrDefault(oid, new Columns(List.of(), List.of()));
          indexes
              .computeIfAbsent(row.getLong("oid"), missing -> new ArrayList<>())
              .add(index(row, of, sizes.getOrDefault(oid, 0L)));
        });
    return indexes;
  }

  private static Index.Key key(ResultSet row) throws SQLException {
    int options = row.getInt("options");
    return new Index.Key(
        row.getString("attname"),
        row.getString("expression"),
        (options & DESCENDING) != 0,
        (options & NULLS_FIRST) != 0,
        row.getString("operator_class"),
        row.getString("collation"));
  }

  private static Index index(ResultSet row, Columns columns, long bytes) throws SQLException {
    return new Index(
        Rows.text(row, "relname"),
        Rows.text(row, "amname"),
        columns.keys,
        columns.included,
        row.getString("predicate"),
        row.getBoolean("indisunique"),
        row.getBoolean("indisvalid"),
        row.getLong("scans"),
        bytes,
        new Index.State(
            row.getString("constraint"),
            row.getBoolean("nulls_not_distinct"),
            row.getBoolean("deferrable"),
            row.getBoolean("replica_identity"),
            row.getBoolean("indisclustered"),
            row.getBoolean("attached"),
            row.getBoolean("being_built"),
            Rows.instant(row, "changed_at")));
  }
}
