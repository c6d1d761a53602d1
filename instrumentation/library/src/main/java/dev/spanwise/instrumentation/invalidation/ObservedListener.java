package dev.spanwise.instrumentation.invalidation;

import io.lettuce.core.pubsub.RedisPubSubListener;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Passes everything on, messages inside a span. */
final class ObservedListener<K, V> implements RedisPubSubListener<K, V> {
  private final InvalidationReceiver receiver;
  private final RedisPubSubListener<K, V> delegate;

  ObservedListener(InvalidationReceiver receiver, RedisPubSubListener<K, V> delegate) {
    this.receiver = receiver.forListener();
    this.delegate = delegate;
  }

  @Override
  public void message(K channel, V message) {
    start(channel, message).run(() -> delegate.message(channel, message));
  }

  @Override
  public void message(K pattern, K channel, V message) {
    start(pattern, message).run(() -> delegate.message(pattern, channel, message));
  }

  @Override
  public void smessage(K shardChannel, V message) {
    start(shardChannel, message).run(() -> delegate.smessage(shardChannel, message));
  }

  private Processing start(K destination, V message) {
    String name = text(destination);
    return receiver.start(name == null ? "unknown" : name, text(message));
  }

  /** Keys and values are what the connection's codec makes of them. */
  private static @Nullable String text(@Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : null;
  }

  @Override
  public void subscribed(K channel, long count) {
    delegate.subscribed(channel, count);
  }

  @Override
  public void psubscribed(K pattern, long count) {
    delegate.psubscribed(pattern, count);
  }

  @Override
  public void unsubscribed(K channel, long count) {
    delegate.unsubscribed(channel, count);
  }

  @Override
  public void punsubscribed(K pattern, long count) {
    delegate.punsubscribed(pattern, count);
  }

  @Override
  public void ssubscribed(K shardChannel, long count) {
    delegate.ssubscribed(shardChannel, count);
  }

  @Override
  public void sunsubscribed(K shardChannel, long count) {
    delegate.sunsubscribed(shardChannel, count);
  }
}
