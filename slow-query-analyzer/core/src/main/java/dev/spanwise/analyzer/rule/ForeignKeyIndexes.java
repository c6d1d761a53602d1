package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Column;
import dev.spanwise.analyzer.catalogue.ForeignKey;
import dev.spanwise.analyzer.catalogue.Index;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.RelationName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether the rows that point to a referenced row can be found by an index: PostgreSQL looks them
 * up when that row is deleted or its key changes, by equality of all of the key's columns.
 */
final class ForeignKeyIndexes {

  private ForeignKeyIndexes() {}

  /** Whether some index of the referencing table finds the rows, or most of the way to them. */
  static boolean find(Relation relation, ForeignKey key) {
    return relation.indexes().stream().anyMatch(index -> serves(index, relation, key));
  }

  /** Whether an index begins with all columns of a foreign key, in any order. */
  static boolean supports(Index index, ForeignKey key) {
    int size = key.columns().size();
    return index.keys().size() >= size && leading(index, size).equals(new HashSet<>(key.columns()));
  }

  private static boolean serves(Index index, Relation relation, ForeignKey key) {
    boolean searchable = List.of("btree", "hash").contains(index.method());
    if (!index.valid() || !searchable || !holdsEveryKey(index, key)) {
      return false;
    }
    if (supports(index, key)) {
      return true;
    }
    String first = index.keys().get(0).column();
    return first != null && key.columns().contains(first) && isSelective(relation, first);
  }

  /** A foreign key's columns are compared by equality, so that rows with NULL may be missing. */
  private static boolean holdsEveryKey(Index index, ForeignKey key) {
    return index.predicate() == null
        || key.columns().stream()
            .anyMatch(
                column ->
                    index.predicate().equals("(" + RelationName.quoted(column) + " IS NOT NULL)"));
  }

  private static Set<String> leading(Index index, int size) {
    Set<String> leading = new HashSet<>();
    for (Index.Key key : index.keys().subList(0, size)) {
      leading.add(key.column() == null || key.collation() != null ? "" : key.column());
    }
    return leading;
  }

  /** Whether one value of a column leads to few rows; unknown counts as such. */
  private static boolean isSelective(Relation relation, String name) {
    Column column = relation.column(name).orElse(null);
    Double rows = relation.estimatedRows();
    if (column == null || column.distinct() == null || rows == null) {
      return true;
    }
    double values = column.distinct() < 0 ? -column.distinct() * rows : column.distinct();
    return rows / Math.max(1, values) <= Thresholds.REFERENCING_ROWS;
  }
}
