package dev.spanwise.analyzer.catalogue;

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
    long bytes) {

  /**
   * One key.
   *
   * @param column column name; null for an expression
   * @param expression expression as {@code pg_get_indexdef} prints it; null for a column
   * @param descending whether it is {@code DESC}
   * @param nullsFirst whether it is {@code NULLS FIRST}
   * @param operatorClass operator class where it is not the type's default; null otherwise
   */
  public record Key(
      @Nullable String column,
      @Nullable String expression,
      boolean descending,
      boolean nullsFirst,
      @Nullable String operatorClass) {}

  public Index {
    keys = List.copyOf(keys);
    included = List.copyOf(included);
  }
}
