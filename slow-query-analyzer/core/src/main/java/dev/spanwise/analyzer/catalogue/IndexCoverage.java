package dev.spanwise.analyzer.catalogue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether an index that exists already does what a wanted one would do. */
public final class IndexCoverage {

  private IndexCoverage() {}

  /**
   * Says whether {@code index} finds the rows with given values of {@code equal} and then, in that
   * order, the {@code next} columns: a b-tree whose first keys are the {@code equal} columns in any
   * order and whose following keys are {@code next}.
   *
   * @param index an existing index; invalid, partial and expression indexes cover nothing
   * @param equal columns compared by equality
   * @param next further key columns in order
   */
  public static boolean covers(Index index, Set<String> equal, List<String> next) {
    if (!index.valid() || index.predicate() != null || !index.method().equals("btree")) {
      return false;
    }
    List<Index.Key> keys = index.keys();
    if (keys.size() < equal.size() + next.size()) {
      return false;
    }
    Set<String> leading = new HashSet<>();
    for (Index.Key key : keys.subList(0, equal.size())) {
      leading.add(key.column());
    }
    if (!leading.equals(equal)) {
      return false;
    }
    for (int i = 0; i < next.size(); i++) {
      if (!next.get(i).equals(keys.get(equal.size() + i).column())) {
        return false;
      }
    }
    return true;
  }
}
