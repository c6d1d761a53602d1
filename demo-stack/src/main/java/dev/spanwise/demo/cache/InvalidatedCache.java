package dev.spanwise.demo.cache;

import dev.spanwise.instrumentation.invalidation.Invalidation;
import dev.spanwise.instrumentation.invalidation.InvalidationReceiver;
import dev.spanwise.instrumentation.invalidation.LettuceInvalidations;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateAdapter;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;

/**
 * A near cache that what is published over Redis keeps true.
 *
 * @param <V> what is kept
 */
public final class InvalidatedCache<V> implements AutoCloseable {
  private final NearCache<V> cache = new NearCache<>();
  private final RedisClient client;
  private final StatefulRedisPubSubConnection<String, String> connection;

  private InvalidatedCache(RedisClient client, Telemetry telemetry) {
    this.client = client;
    client.addListener(
        new RedisConnectionStateAdapter() {
          @Override
          public void onRedisDisconnected(RedisChannelHandler<?, ?> disconnected) {
            cache.close();
          }
        });
    connection = client.connectPubSub();
    connection.addListener(new Subscription());
    connection.addListener(
        LettuceInvalidations.listener(InvalidationReceiver.create(telemetry), this::apply));
    connection.sync().subscribe(CacheInvalidations.CHANNEL);
  }

  /** Listens at {@code redis://host:port}. */
  public static <V> InvalidatedCache<V> connect(String url, Telemetry telemetry) {
    return new InvalidatedCache<>(RedisClient.create(url), telemetry);
  }

  private void apply(Invalidation invalidation) {
    if (invalidation.envelope() == null) {
      cache.clear();
    } else {
      cache.invalidate(invalidation.envelope().write().key());
    }
  }

  /** Also after a connection was lost and made again. */
  private final class Subscription extends RedisPubSubAdapter<String, String> {
    @Override
    public void subscribed(String channel, long count) {
      cache.open();
    }
  }

  /** Returns what is kept under the key, or loads it. */
  public <E extends Exception> NearCache.Lookup<V> get(String key, NearCache.Loader<V, E> loader)
      throws E {
    return cache.get(key, loader);
  }

  @Override
  public void close() {
    connection.close();
    client.shutdown();
  }
}
