package dev.spanwise.instrumentation.freshness;

import java.util.LinkedHashSet;
import java.util.Set;

/** The ids that were added last, up to a bound. Safe for use by several threads. */
final class RecentIds {
  private final int bound;
  private final Set<String> ids = new LinkedHashSet<>();

  RecentIds(int bound) {
    this.bound = bound;
  }

  /** Whether it was not among them. */
  synchronized boolean add(String id) {
    if (!ids.add(id)) {
      return false;
    }
    if (ids.size() > bound) {
      ids.remove(ids.iterator().next());
    }
    return true;
  }
}
