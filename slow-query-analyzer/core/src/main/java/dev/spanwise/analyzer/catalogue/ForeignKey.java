package dev.spanwise.analyzer.catalogue;

import java.util.List;
import java.util.Set;

/**
 * A foreign key of a relation. See <a
 * href="https://www.postgresql.org/docs/current/catalog-pg-constraint.html">pg_constraint</a>.
 *
 * @param name the constraint's name, unquoted
 * @param columns referencing columns, in the key's order
 * @param referenced the table that they point to
 * @param partitionNames other names of it: PostgreSQL makes a constraint of its own for each
 *     partition at either end, and the triggers of a partition bear that one's name
 */
public record ForeignKey(
    String name, List<String> columns, RelationName referenced, Set<String> partitionNames) {

  public ForeignKey {
    columns = List.copyOf(columns);
    partitionNames = Set.copyOf(partitionNames);
  }

  /** Whether a constraint of that name is this key, or what it is of a partition. */
  public boolean isNamed(String constraint) {
    return name.equals(constraint) || partitionNames.contains(constraint);
  }
}
