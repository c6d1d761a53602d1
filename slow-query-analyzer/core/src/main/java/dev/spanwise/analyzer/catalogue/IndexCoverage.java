package dev.spanwise.analyzer.catalogue;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Whether an index that exists already does what a wanted one would do. */
public final class IndexCoverage {

  private IndexCoverage() {}

  /**
   * Says whether {@code index} finds the rows with given values of {@code equal} and then, in that
   * order, the {@code next} keys: a b-tree whose first keys are the {@code equal} columns in any
   * order and whose following keys are {@code next}, all in the wanted direction or all in the
   * opposite one, since a b-tree is read both ways.
   *
   * @param index an existing index; invalid and partial indexes and those of another kind cover
   *     nothing
   * @param equal columns compared by equality
   * @param next further keys in order
   */
  public static boolean covers(Index index, Set<String> equal, List<Index.Key> next) {
    List<Index.Key> keys = index.keys();
    if (!index.valid()
        || index.predicate() != null
        || !index.method().equals("btree")
        || keys.size() < equal.size() + next.size()) {
      return false;
    }
    Set<String> leading = new HashSet<>();
    for (Index.Key key : keys.subList(0, equal.size())) {
      leading.add(key.collation() == null ? key.column() : null);
    }
    List<Index.Key> following = keys.subList(equal.size(), equal.size() + next.size());
    return leading.equals(equal)
        && (matches(following, next, false) || matches(following, next, true));
  }

  private static boolean matches(List<Index.Key> keys, List<Index.Key> wanted, boolean backward) {
    for (int i = 0; i < wanted.size(); i++) {
      Index.Key key = keys.get(i);
      Index.Key want = wanted.get(i);
      // An operator class of its own, such as text_pattern_ops, has an order of its own; so has
      // another collation, which does not even compare for equality with the column's.
      boolean same =
          Objects.equals(want.column(), key.column())
              && Objects.equals(want.expression(), key.expression())
              && key.operatorClass() == null
              && key.collation() == null;
      boolean sameOrder =
          (key.descending() ^ backward) == want.descending()
              && (key.nullsFirst() ^ backward) == want.nullsFirst();
      if (!same || !sameOrder) {
        return false;
      }
    }
    return true;
  }
}
