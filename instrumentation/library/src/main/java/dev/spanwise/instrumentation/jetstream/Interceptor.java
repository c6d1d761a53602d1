package dev.spanwise.instrumentation.jetstream;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Stands before an object of jnats, whose interfaces grow from version to version: what a subclass
 * does not know passes through, results and exceptions unchanged.
 *
 * @param <T> the interface
 */
abstract class Interceptor<T> implements InvocationHandler {
  final T delegate;

  Interceptor(T delegate) {
    this.delegate = delegate;
  }

  /** Whether an object is one that {@link #proxy} made: it needs no second. */
  static boolean stands(Object object) {
    return Proxy.isProxyClass(object.getClass())
        && Proxy.getInvocationHandler(object) instanceof Interceptor;
  }

  final T proxy(Class<T> type) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this));
  }

  @Override
  public final @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return method.getName().equals("equals") && arguments != null
          ? proxy == arguments[0]
          : call(method, arguments);
    }
    return intercept(method, arguments);
  }

  abstract @Nullable Object intercept(Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable;

  /** Calls the delegate; throws what it threw. */
  final @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    return call(delegate, method, arguments);
  }

  static @Nullable Object call(
      @Nullable Object object, Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(object, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
