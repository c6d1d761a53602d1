package dev.spanwise.instrumentation.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** What every proxy of this package passes on, and how. */
final class Delegation {
  private Delegation() {}

  static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(Delegation.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  /** Calls the delegate; throws what it threw. */
  static @Nullable Object invoke(
      Object proxy, Object delegate, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (arguments != null && arguments.length == 1) {
      if (method.getName().equals("equals")) {
        return proxy == arguments[0];
      }
      // As java.sql.Wrapper asks: the receiver, if it is one already.
      if (method.getName().equals("unwrap")
          && arguments[0] instanceof Class<?> type
          && type.isInstance(proxy)) {
        return proxy;
      }
    }
    try {
      return method.invoke(delegate, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
