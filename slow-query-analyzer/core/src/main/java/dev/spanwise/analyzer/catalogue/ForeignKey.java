package dev.spanwise.analyzer.catalogue;

import java.util.List;

/**
 * A foreign key of a relation. See <a
 * href="https://www.postgresql.org/docs/current/catalog-pg-constraint.html">pg_constraint</a>.
 *
 * @param name the constraint's name, unquoted
 * @param columns referencing columns, in the key's order
 * @param referenced the table that they point to
 */
public record ForeignKey(String name, List<String> columns, RelationName referenced) {

  public ForeignKey {
    columns = List.copyOf(columns);
  }
}
