package dev.spanwise.instrumentation.invalidation;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The newest version that was seen of each key, of the keys seen last. Safe for use by several
 * threads.
 */
final class KeyVersions {
  /** Where a version stands in the sequence of its key's. */
  enum Order {
    /** After all that were seen, or the first that was seen. */
    NEXT,
    /** Seen last already: delivered twice. */
    REPEATED,
    /** Before one that was seen. */
    LATE
  }

  /**
   * @param missed how many versions lie between this and the one seen last; 0 where it is not next
   */
  record Step(Order order, long missed) {}

  private record Key(String channel, String key) {}

  /** Longer keys are told apart by their hash: the memory of one is bounded. */
  private static final int MAX_KEY_LENGTH = 256;

  private static final float LOAD_FACTOR = 0.75f;

  private final Map<Key, Long> newest;

  KeyVersions(int keys) {
    newest =
        new LinkedHashMap<>(16, LOAD_FACTOR, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Key, Long> eldest) {
            return size() > keys;
          }
        };
  }

  Step see(String channel, String key, long version) {
    Key entry = new Key(channel, key.length() <= MAX_KEY_LENGTH ? key : KeyHash.of(key));
    synchronized (newest) {
      Long last = newest.get(entry);
      if (last != null && version <= last) {
        return new Step(version == last ? Order.REPEATED : Order.LATE, 0);
      }
      newest.put(entry, version);
      return new Step(Order.NEXT, last == null ? 0 : version - last - 1);
    }
  }
}
