package dev.spanwise.analyzer.input;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Collects what could not be read: all are counted, the first {@value #KEPT} are kept. Thread-safe.
 */
public final class Rejections implements Consumer<Rejection> {

  private static final int KEPT = 1_000;

  private final List<Rejection> first = new ArrayList<>();
  private long count;

  @Override
  public synchronized void accept(Rejection rejection) {
    count++;
    if (first.size() < KEPT) {
      first.add(rejection);
    }
  }

  /** The first that came. */
  public synchronized List<Rejection> first() {
    return List.copyOf(first);
  }

  /** How many came. */
  public synchronized long count() {
    return count;
  }
}
