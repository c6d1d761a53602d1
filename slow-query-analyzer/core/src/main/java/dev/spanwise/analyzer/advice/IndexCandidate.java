package dev.spanwise.analyzer.advice;

import dev.spanwise.analyzer.catalogue.RelationName;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An index that could be built.
 *
 * @param relation the relation; its schema is null where only a plan without VERBOSE names it
 * @param method access method, such as {@code btree}
 * @param keys key columns in order
 */
public record IndexCandidate(RelationName relation, String method, List<Key> keys) {

  /**
   * One key column.
   *
   * @param column column name, unquoted
   * @param descending whether it is {@code DESC}
   * @param nullsFirst whether it is {@code NULLS FIRST}
   */
  public record Key(String column, boolean descending, boolean nullsFirst) {

    private String ddl() {
      String direction = descending ? " DESC" : "";
      // NULLS FIRST is the default of DESC, NULLS LAST that of ASC.
      String nulls = nullsFirst == descending ? "" : nullsFirst ? " NULLS FIRST" : " NULLS LAST";
      return RelationName.quoted(column) + direction + nulls;
    }
  }

  public IndexCandidate {
    keys = List.copyOf(keys);
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("keys is empty");
    }
  }

  /**
   * The statement that builds it.
   *
   * @param name index name, unquoted; null to let PostgreSQL choose one
   * @param concurrently whether to leave the table writable meanwhile; such a statement cannot run
   *     in a transaction
   */
  public String createStatement(@Nullable String name, boolean concurrently) {
    String using = method.equals("btree") ? "" : " USING " + method;
    return "CREATE INDEX "
        + (concurrently ? "CONCURRENTLY " : "")
        + (name == null ? "" : RelationName.quoted(name) + " ")
        + "ON "
        + relation
        + using
        + " ("
        + keys.stream().map(Key::ddl).collect(Collectors.joining(", "))
        + ")";
  }

  /** Names of the key columns. */
  public List<String> columns() {
    return keys.stream().map(Key::column).toList();
  }
}
