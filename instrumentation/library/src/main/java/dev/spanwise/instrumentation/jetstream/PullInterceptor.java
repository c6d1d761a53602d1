package dev.spanwise.instrumentation.jetstream;

import io.nats.client.FetchConsumer;
import io.nats.client.IterableConsumer;
import io.nats.client.JetStreamReader;
import io.nats.client.Message;
import io.nats.client.MessageHandler;
import java.lang.reflect.Method;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an application asks for messages: a consumer, a subscription, or what these give for a batch
 * or a loop.
 *
 * @param <T> the interface
 */
final class PullInterceptor<T> extends Interceptor<T> {
  /** The calls by which a loop goes on or ends. */
  private static final Set<String> ASKS =
      Set.of(
          "next",
          "nextMessage",
          "fetch",
          "fetchMessages",
          "fetchBytes",
          "iterate",
          "reader",
          "stop",
          "close",
          "drain",
          "unsubscribe");

  private final MessageSource source;

  PullInterceptor(T delegate, MessageSource source) {
    super(delegate);
    this.source = source;
  }

  @Override
  @Nullable Object intercept(Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    if (ASKS.contains(method.getName())) {
      source.asked();
    }
    Object result = call(method, withHandler(arguments));
    if (result instanceof Message message) {
      return source.taken(message);
    }
    if (result instanceof FetchConsumer batch) {
      return new PullInterceptor<>(batch, source).proxy(FetchConsumer.class);
    }
    if (result instanceof IterableConsumer loop) {
      return new PullInterceptor<>(loop, source).proxy(IterableConsumer.class);
    }
    if (result instanceof JetStreamReader reader) {
      return new PullInterceptor<>(reader, source).proxy(JetStreamReader.class);
    }
    if (result instanceof Iterator<?> iterator) {
      return new PulledIterator(iterator, source);
    }
    return result instanceof List<?> batch && method.getName().equals("fetch")
        ? new PulledList(batch, source)
        : result;
  }

  private @Nullable Object @Nullable [] withHandler(@Nullable Object @Nullable [] arguments) {
    if (arguments == null) {
      return null;
    }
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i] instanceof MessageHandler handler) {
        @Nullable Object[] replaced = arguments.clone();
        replaced[i] = source.handler(handler);
        return replaced;
      }
    }
    return arguments;
  }
}
