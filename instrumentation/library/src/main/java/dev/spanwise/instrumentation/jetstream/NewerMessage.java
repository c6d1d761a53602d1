package dev.spanwise.instrumentation.jetstream;

import io.nats.client.Message;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A message of a jnats whose interface has grown since this was compiled: what {@link
 * SettledMessage} does not know goes to jnats' own message.
 */
final class NewerMessage extends Interceptor<Message> {
  private static final Set<Method> UNKNOWN = missing(Message.class, DelegatingSettledMessage.class);

  /** Whether this jnats is one. */
  static final boolean IS_THERE = !UNKNOWN.isEmpty();

  private final SettledMessage known;
  private final Set<Method> unknown;

  NewerMessage(SettledMessage known, Set<Method> unknown) {
    super(known.delegate);
    this.known = known;
    this.unknown = unknown;
  }

  static Message of(SettledMessage known) {
    return new NewerMessage(known, UNKNOWN).proxy(Message.class);
  }

  static @Nullable SettledMessage behind(Message message) {
    return Proxy.isProxyClass(message.getClass())
            && Proxy.getInvocationHandler(message) instanceof NewerMessage newer
        ? newer.known
        : null;
  }

  /** The methods of an interface that a class of it leaves to the interface. */
  static Set<Method> missing(Class<?> type, Class<?> implementation) {
    return Arrays.stream(type.getMethods())
        .filter(method -> !isIn(implementation, method))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isIn(Class<?> implementation, Method method) {
    try {
      return !implementation
          .getMethod(method.getName(), method.getParameterTypes())
          .getDeclaringClass()
          .isInterface();
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  @Override
  @Nullable Object intercept(Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    return call(unknown.contains(method) ? delegate : known, method, arguments);
  }
}
