package dev.spanwise.instrumentation.jetstream;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * A connection, its management or a stream: what it gives is instrumented, and its own calls pass.
 *
 * @param <T> the interface
 */
final class ContextInterceptor<T> extends Interceptor<T> {
  private final Instrumentation instrumentation;

  ContextInterceptor(T delegate, Instrumentation instrumentation) {
    super(delegate);
    this.instrumentation = instrumentation;
  }

  @Override
  @Nullable Object intercept(Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    return instrumentation.instrument(call(method, arguments));
  }
}
