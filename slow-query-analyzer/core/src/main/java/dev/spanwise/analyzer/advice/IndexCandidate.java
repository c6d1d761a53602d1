package dev.spanwise.analyzer.advice;

import dev.spanwise.analyzer.catalogue.RelationName;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An index that could be built.
 *
 * @param relation the relation; its schema is null where only a plan without VERBOSE names it
 * @param method access method, such as {@code btree}
 * @param keys keys in order
 */
public record IndexCandidate(RelationName relation, String method, List<Key> keys) {

  /**
   * One key.
   *
   * @param column column name, unquoted; null for an expression
   * @param expression expression as a plan or {@code pg_get_indexdef} prints it; null for a column
   * @param descending whether it is {@code DESC}
   * @param nullsFirst whether it is {@code NULLS FIRST}
   */
  public record Key(
      @Nullable String column,
      @Nullable String expression,
      boolean descending,
      boolean nullsFirst) {

    public Key {
      if ((column == null) == (expression == null)) {
        throw new IllegalArgumentException("either column or expression has to be null");
      }
    }

    /** A column. */
    public Key(String column, boolean descending, boolean nullsFirst) {
      this(column, null, descending, nullsFirst);
    }

    /** The same in the order that an index has by default. */
    Key ascending() {
      return new Key(column, expression, false, false);
    }

    private String name() {
      return column == null ? Objects.requireNonNull(expression) : column;
    }

    private String ddl() {
      String direction = descending ? " DESC" : "";
      // NULLS FIRST is the default of DESC, NULLS LAST that of ASC.
      String nulls = nullsFirst == descending ? "" : nullsFirst ? " NULLS FIRST" : " NULLS LAST";
      return (column == null ? name() : RelationName.quoted(column)) + direction + nulls;
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

  /** Names of the key columns, and expressions as they are. */
  public List<String> columns() {
    return keys.stream().map(Key::name).toList();
  }
}
