package dev.spanwise.benchmarks.stub;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** An object of an interface that has a few answers, and says so where it has none. */
final class Absent {
  private static final AtomicLong ANSWERS = new AtomicLong();

  private Absent() {}

  /** How often one of them answered. */
  static long answers() {
    return ANSWERS.get();
  }

  static <T> T of(Class<T> type) {
    return answering(type, Map.of());
  }

  /**
   * Answers by a method's name, whatever the arguments; what returns nothing does nothing. Slow:
   * not for a call that is measured.
   *
   * @throws UnsupportedOperationException from another method that returns something
   */
  static <T> T answering(Class<T> type, Map<String, ?> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer(type, method, answers)));
  }

  private static @Nullable Object answer(Class<?> type, Method method, Map<String, ?> answers) {
    ANSWERS.incrementAndGet();
    if (method.getReturnType() == void.class) {
      return null;
    }
    Object answer = answers.get(method.getName());
    if (answer == null) {
      throw new UnsupportedOperationException(
          "the stub of %s has no %s".formatted(type.getSimpleName(), method.getName()));
    }
    return answer;
  }
}
