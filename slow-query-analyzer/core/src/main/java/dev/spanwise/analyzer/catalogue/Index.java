package dev.spanwise.analyzer.catalogue;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An index.
 *
 * @param name index name, unquoted
 * @param method access method, such as {@code btree}
 * @param keys key columns in order
 * @param included INCLUDE columns
 * @param predicate {@code WHERE} of a partial index; null for a full one
 * @param unique whether it is unique
 * @param valid whether queries may use it ({@code indisvalid})
 * @param scans {@code pg_stat_all_indexes.idx_scan}
 * @param bytes its size
 * @param state what it is needed for besides searches, and what is being done to it
 */
public record Index(
    String name,
    String method,
    List<Key> keys,
    List<String> included,
    @Nullable String predicate,
    boolean unique,
    boolean valid,
    long scans,
    long bytes,
    State state) {

  /** Of an index that serves searches alone. */
  public static final State ORDINARY =
      new State(null, false, false, false, false, false, false, null);

  /** An index that serves searches alone. */
  public Index(
      String name,
      String method,
      List<Key> keys,
      List<String> included,
      @Nullable String predicate,
      boolean unique,
      boolean valid,
      long scans,
      long bytes) {
    this(name, method, keys, included, predicate, unique, valid, scans, bytes, ORDINARY);
  }

  /**
   * What an index is needed for besides searches, and what is being done to it.
   *
   * @param constraint the primary key, unique or exclusion constraint that it enforces; null where
   *     it enforces none
   * @param nullsNotDistinct whether it lets a key with NULL stand once only, as unique indexes may
   *     since PostgreSQL 15
   * @param deferrable whether it may be enforced at the end of the statement or transaction alone:
   *     then no foreign key and no ON CONFLICT can rest on it
   * @param replicaIdentity whether logical replication finds rows by it
   * @param clustered whether CLUSTER orders the table by it
   * @param attached whether it is a partition's part of an index on the partitioned table
   * @param beingBuilt whether its table is locked as a concurrent build locks it (VACUUM and
   *     ANALYZE do so, too)
   * @param changedAt when its definition last changed, at its creation or since; null where the
   *     server keeps no commit times ({@code track_commit_timestamp})
   */
  public record State(
      @Nullable String constraint,
      boolean nullsNotDistinct,
      boolean deferrable,
      boolean replicaIdentity,
      boolean clustered,
      boolean attached,
      boolean beingBuilt,
      @Nullable Instant changedAt) {}

  /**
   * One key.
   *
   * @param column column name; null for an expression
   * @param expression expression as {@code pg_get_indexdef} prints it; null for a column
   * @param descending whether it is {@code DESC}
   * @param nullsFirst whether it is {@code NULLS FIRST}
   * @param operatorClass operator class where it is not the type's default; null otherwise
   * @param collation collation where it is not the column's; null otherwise
   */
  public record Key(
      @Nullable String column,
      @Nullable String expression,
      boolean descending,
      boolean nullsFirst,
      @Nullable String operatorClass,
      @Nullable String collation) {

    /** A key in its column's own collation. */
    public Key(
        @Nullable String column,
        @Nullable String expression,
        boolean descending,
        boolean nullsFirst,
        @Nullable String operatorClass) {
      this(column, expression, descending, nullsFirst, operatorClass, null);
    }
  }

  public Index {
    keys = List.copyOf(keys);
    included = List.copyOf(included);
  }
}
