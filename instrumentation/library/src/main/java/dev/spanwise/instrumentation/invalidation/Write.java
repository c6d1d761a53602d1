package dev.spanwise.instrumentation.invalidation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A write that made the cached value of a key stale.
 *
 * @param key the cache key; goes into the message, never onto a span or a metric
 * @param version which of the key's writes it is, 0 or more and rising; null where keys have none
 * @param committed when it was committed; null where that is not known
 */
public record Write(String key, @Nullable Long version, @Nullable Instant committed) {
  /** The most characters that a key may have. */
  public static final int MAX_KEY_LENGTH = 32_768;

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if the key is empty or longer than {@link #MAX_KEY_LENGTH}, or
   *     the version is negative
   */
  public Write {
    if (key.isEmpty() || key.length() > MAX_KEY_LENGTH) {
      throw new IllegalArgumentException(
          "a key has 1 to %d characters, not %d".formatted(MAX_KEY_LENGTH, key.length()));
    }
    if (version != null && version < 0) {
      throw new IllegalArgumentException("a version is 0 or more, not " + version);
    }
  }
}
