package dev.spanwise.demo.cache;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was read last until it is said to be out of date. What was being read when it went out
 * of date is not kept: the read may have seen the old rows. While invalidations cannot arrive
 * nothing is kept.
 *
 * <p>Holds {@value #CAPACITY} values at most, the least recently used goes first. Safe for use by
 * several threads.
 */
public final class NearCache<V> {
  static final int CAPACITY = 2_000;

  private final Map<String, Kept<V>> entries =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept<V>> eldest) {
          return size() > CAPACITY;
        }
      };

  private boolean open;

  /** A value, or the promise of one. */
  private static final class Kept<V> {
    private @Nullable V value;
  }

  /** What the database is asked for. */
  public interface Loader<V, E extends Exception> {
    V load() throws E;
  }

  /**
   * A value, and whether it was kept.
   *
   * @param hit false if it had to be loaded
   */
  public record Lookup<V>(V value, boolean hit) {}

  <E extends Exception> Lookup<V> get(String key, Loader<V, E> loader) throws E {
    Kept<V> promise = new Kept<>();
    synchronized (this) {
      Kept<V> entry = entries.get(key);
      V kept = entry == null ? null : entry.value;
      if (kept != null) {
        return new Lookup<>(kept, true);
      }
      if (open) {
        entries.put(key, promise);
      }
    }
    V loaded = loader.load();
    synchronized (this) {
      if (entries.get(key) == promise) {
        promise.value = loaded;
      }
    }
    return new Lookup<>(loaded, false);
  }

  synchronized void invalidate(String key) {
    entries.remove(key);
  }

  /** Anything may be out of date. */
  synchronized void clear() {
    entries.clear();
  }

  /** Invalidations arrive from now on. */
  synchronized void open() {
    open = true;
  }

  /** Invalidations may be missed from now on. */
  synchronized void close() {
    open = false;
    entries.clear();
  }
}
