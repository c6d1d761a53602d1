package dev.spanwise.instrumentation.invalidation;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.async.BaseRedisAsyncCommands;
import io.lettuce.core.api.reactive.BaseRedisReactiveCommands;
import io.lettuce.core.api.sync.BaseRedisCommands;
import io.lettuce.core.pubsub.RedisPubSubListener;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * {@link InvalidationPublisher} and {@link InvalidationReceiver} for <a
 * href="https://redis.github.io/lettuce/user-guide/pubsub/">Lettuce</a>.
 */
public final class LettuceInvalidations {
  private LettuceInvalidations() {}

  /**
   * Publishes and waits.
   *
   * @return how many subscribers received it, as {@code PUBLISH} says
   */
  public static @Nullable Long publish(
      InvalidationPublisher publisher,
      BaseRedisCommands<String, String> commands,
      String channel,
      Write write) {
    return publisher.publish(channel, write, message -> commands.publish(channel, message));
  }

  /**
   * Publishes without waiting.
   *
   * @return Lettuce's own future
   */
  public static RedisFuture<Long> publish(
      InvalidationPublisher publisher,
      BaseRedisAsyncCommands<String, String> commands,
      String channel,
      Write write) {
    return publisher.publishAsync(channel, write, message -> commands.publish(channel, message));
  }

  /**
   * Publishes when it is subscribed to.
   *
   * @return publishes anew, with a span of its own, each time that it is subscribed to
   */
  public static Mono<Long> publish(
      InvalidationPublisher publisher,
      BaseRedisReactiveCommands<String, String> commands,
      String channel,
      Write write) {
    return Mono.defer(
        () -> {
          Publishing publishing = publisher.start(channel, write);
          return publishing
              .send(message -> commands.publish(channel, message))
              .doOnError(publishing::end)
              .doOnCancel(publishing::abandon)
              .doOnSuccess(receivers -> publishing.end(null));
        });
  }

  /** A listener that hands every message of its connection to the application, see there. */
  public static RedisPubSubListener<String, String> listener(
      InvalidationReceiver receiver, Consumer<Invalidation> application) {
    return new InvalidationListener(receiver, application);
  }

  /**
   * Wraps a listener that reads messages itself. It receives exactly what it would without.
   * Messages that are neither text nor bytes count as plain.
   *
   * @return what to give to {@code addListener}, and to {@code removeListener}
   */
  public static <K, V> RedisPubSubListener<K, V> wrap(
      InvalidationReceiver receiver, RedisPubSubListener<K, V> listener) {
    return new ObservedListener<>(receiver, listener);
  }
}
