package dev.spanwise.analyzer.postgresql.catalogue;

import dev.spanwise.analyzer.catalogue.ExtendedStatistics;
import dev.spanwise.analyzer.catalogue.ForeignKey;
import dev.spanwise.analyzer.catalogue.Partitioning;
import dev.spanwise.analyzer.catalogue.RelationName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What ties relations to others, by the relation's oid.
 *
 * @param foreignKeys those that a relation has by itself, not as a partition
 */
record Structure(
    Map<Long, List<ForeignKey>> foreignKeys,
    Map<Long, List<ExtendedStatistics>> extendedStatistics,
    Map<Long, Partitioning> partitionings,
    Map<Long, RelationName> parents) {

  private static final String FOREIGN_KEYS =
      """
      SELECT c.oid, k.conname, o.nspname AS other_schema, r.relname AS other,
        ARRAY(SELECT a.attname::text FROM pg_catalog.unnest(k.conkey) WITH ORDINALITY AS u(attnum, i)
          JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.attnum
          ORDER BY u.i) AS columns,
        ARRAY(WITH RECURSIVE clones AS (
            SELECT p.oid, p.conname FROM pg_catalog.pg_constraint p WHERE p.conparentid = k.oid
            UNION ALL
            SELECT p.oid, p.conname
            FROM clones o JOIN pg_catalog.pg_constraint p ON p.conparentid = o.oid)
          SELECT DISTINCT clones.conname::text FROM clones
          WHERE clones.conname <> k.conname) AS clones
      FROM %s
        JOIN pg_catalog.pg_constraint k ON k.conrelid = c.oid AND k.contype = 'f'
          AND k.conparentid = 0
        JOIN pg_catalog.pg_class r ON r.oid = k.confrelid
        JOIN pg_catalog.pg_namespace o ON o.oid = r.relnamespace
      ORDER BY c.oid, k.conname
      """
          .formatted(Rows.RELATIONS);

  private static final String EXTENDED_STATISTICS =
      """
      SELECT c.oid, s.stxname, pg_catalog.array_to_string(s.stxkind, '') AS kinds,
        ARRAY(SELECT a.attname::text
          FROM pg_catalog.unnest(s.stxkeys::int2[]) WITH ORDINALITY AS u(attnum, i)
          JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.attnum
          ORDER BY u.i) AS columns
      FROM %s JOIN pg_catalog.pg_statistic_ext s ON s.stxrelid = c.oid
      ORDER BY c.oid, s.stxname
      """
          .formatted(Rows.RELATIONS);

  private static final String PARTITIONINGS =
      """
      SELECT c.oid, p.partstrat,
        ARRAY(SELECT a.attname::text
          FROM pg_catalog.unnest(p.partattrs::int2[]) WITH ORDINALITY AS u(attnum, i)
          JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.attnum
            AND u.attnum <> 0
          ORDER BY u.i) AS columns
      FROM %s JOIN pg_catalog.pg_partitioned_table p ON p.partrelid = c.oid
      """
          .formatted(Rows.RELATIONS);

  private static final String PARENTS =
      """
      SELECT c.oid, o.nspname AS other_schema, r.relname AS other
      FROM %s JOIN pg_catalog.pg_inherits h ON h.inhrelid = c.oid AND h.inhseqno = 1
        JOIN pg_catalog.pg_class r ON r.oid = h.inhparent
        JOIN pg_catalog.pg_namespace o ON o.oid = r.relnamespace
      """
          .formatted(Rows.RELATIONS);

  static Structure read(Rows rows) throws SQLException {
    Structure structure =
        new Structure(new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>());
    rows.each(
        FOREIGN_KEYS,
        row ->
            structure
                .foreignKeys
                .computeIfAbsent(row.getLong("oid"), missing -> new ArrayList<>())
                .add(
                    new ForeignKey(
                        Rows.text(row, "conname"),
                        columns(row),
                        other(row),
                        Set.copyOf(texts(row, "clones")))));
    rows.each(
        EXTENDED_STATISTICS,
        row ->
            structure
                .extendedStatistics
                .computeIfAbsent(row.getLong("oid"), missing -> new ArrayList<>())
                .add(
                    new ExtendedStatistics(
                        Rows.text(row, "stxname"), columns(row), kinds(Rows.text(row, "kinds")))));
    rows.each(
        PARTITIONINGS,
        row ->
            structure.partitionings.put(
                row.getLong("oid"),
                new Partitioning(strategy(Rows.text(row, "partstrat")), columns(row))));
    rows.each(PARENTS, row -> structure.parents.put(row.getLong("oid"), other(row)));
    return structure;
  }

  private static RelationName other(ResultSet row) throws SQLException {
    return new RelationName(Rows.text(row, "other_schema"), Rows.text(row, "other"));
  }

  private static List<String> columns(ResultSet row) throws SQLException {
    return texts(row, "columns");
  }

  private static List<String> texts(ResultSet row, String name) throws SQLException {
    return List.of((String[]) row.getArray(name).getArray());
  }

  private static Set<ExtendedStatistics.Kind> kinds(String letters) {
    return letters
        .chars()
        .mapToObj(Structure::kind)
        .filter(Objects::nonNull)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Null for a kind of a later version. */
  private static ExtendedStatistics.@Nullable Kind kind(int letter) {
    return switch (letter) {
      case 'd' -> ExtendedStatistics.Kind.DISTINCT_COUNTS;
      case 'f' -> ExtendedStatistics.Kind.DEPENDENCIES;
      case 'm' -> ExtendedStatistics.Kind.MOST_COMMON_VALUES;
      case 'e' -> ExtendedStatistics.Kind.EXPRESSIONS;
      default -> null;
    };
  }

  private static Partitioning.Strategy strategy(String letter) {
    return switch (letter) {
      case "l" -> Partitioning.Strategy.LIST;
      case "h" -> Partitioning.Strategy.HASH;
      default -> Partitioning.Strategy.RANGE;
    };
  }
}
