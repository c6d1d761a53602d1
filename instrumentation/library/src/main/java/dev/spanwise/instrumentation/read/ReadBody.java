package dev.spanwise.instrumentation.read;

import org.jspecify.annotations.Nullable;

/**
 * What a named read does.
 *
 * @param <T> its result
 * @param <E> what it throws; the compiler finds it, {@link RuntimeException} where nothing is
 *     checked
 */
@FunctionalInterface
public interface ReadBody<T extends @Nullable Object, E extends Throwable> {
  /**
   * Reads.
   *
   * @param read takes what only the application knows, such as a cache hit
   */
  T read(RunningRead read) throws E;
}
