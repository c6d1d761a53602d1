package dev.spanwise.analyzer.advice;

import java.util.List;

/**
 * An index that could be built.
 *
 * @param schema schema of the relation, unquoted
 * @param relation name of the relation, unquoted
 * @param method access method, such as {@code btree}
 * @param keys key columns in order
 */
public record IndexCandidate(String schema, String relation, String method, List<Key> keys) {

  /**
   * One key column.
   *
   * @param column column name, unquoted
   * @param descending whether it is {@code DESC}
   * @param nullsFirst whether it is {@code NULLS FIRST}
   */
  public record Key(String column, boolean descending, boolean nullsFirst) {}

  public IndexCandidate {
    keys = List.copyOf(keys);
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("keys is empty");
    }
  }
}
