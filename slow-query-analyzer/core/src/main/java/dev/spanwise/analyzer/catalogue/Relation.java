package dev.spanwise.analyzer.catalogue;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table, partitioned table or materialized view.
 *
 * @param schema schema name, unquoted
 * @param name relation name, unquoted
 * @param kind what it is
 * @param estimatedRows {@code pg_class.reltuples}; null where it was never vacuumed or analysed
 * @param bytes size of its main fork
 * @param columns columns by attribute number, dropped ones left out
 * @param indexes its indexes, invalid ones included
 * @param activity its row in {@code pg_stat_all_tables}; null where the statistics collector has
 *     none
 * @param foreignKeys its foreign keys to other tables; of a partition those that its parent lacks
 * @param extendedStatistics what CREATE STATISTICS made for it
 * @param partitioning how it is divided; null unless it is a partitioned table
 * @param parent the table that it is a partition of or inherits from; null where there is none
 */
public record Relation(
    String schema,
    String name,
    Kind kind,
    @Nullable Double estimatedRows,
    long bytes,
    List<Column> columns,
    List<Index> indexes,
    @Nullable Activity activity,
    List<ForeignKey> foreignKeys,
    List<ExtendedStatistics> extendedStatistics,
    @Nullable Partitioning partitioning,
    @Nullable RelationName parent) {

  /** What a relation is: {@code pg_class.relkind}. */
  public enum Kind {
    TABLE,
    PARTITIONED_TABLE,
    MATERIALIZED_VIEW,
    FOREIGN_TABLE
  }

  public Relation {
    columns = List.copyOf(columns);
    indexes = List.copyOf(indexes);
    foreignKeys = List.copyOf(foreignKeys);
    extendedStatistics = List.copyOf(extendedStatistics);
  }

  /** A relation that nothing ties to others. */
  public Relation(
      String schema,
      String name,
      Kind kind,
      @Nullable Double estimatedRows,
      long bytes,
      List<Column> columns,
      List<Index> indexes,
      @Nullable Activity activity) {
    this(
        schema,
        name,
        kind,
        estimatedRows,
        bytes,
        columns,
        indexes,
        activity,
        List.of(),
        List.of(),
        null,
        null);
  }

  /** Its name with its schema. */
  public RelationName qualifiedName() {
    return new RelationName(schema, name);
  }

  /** The column of that exact name. */
  public Optional<Column> column(String column) {
    return columns.stream().filter(candidate -> candidate.name().equals(column)).findFirst();
  }
}
