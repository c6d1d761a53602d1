package dev.spanwise.instrumentation.invalidation;

import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.util.function.Consumer;

/** Hands messages of any kind of channel to the application. */
final class InvalidationListener extends RedisPubSubAdapter<String, String> {
  private final InvalidationReceiver receiver;
  private final Consumer<Invalidation> application;

  InvalidationListener(InvalidationReceiver receiver, Consumer<Invalidation> application) {
    this.receiver = receiver.forListener();
    this.application = application;
  }

  @Override
  public void message(String channel, String message) {
    receiver.receive(channel, message, application);
  }

  @Override
  public void message(String pattern, String channel, String message) {
    receiver.receive(pattern, channel, message, application);
  }

  @Override
  public void smessage(String shardChannel, String message) {
    receiver.receive(shardChannel, message, application);
  }
}
