package dev.spanwise.demo.cache;

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

  private InvalidatedCache(RedisClient client) {
    this.client = client;
    client.addListener(
        new RedisConnectionStateAdapter() {
          @Override
          public void onRedisDisconnected(RedisChannelHandler<?, ?> disconnected) {
            cache.close();
          }
        });
    connection = client.connectPubSub();
    connection.addListener(new Listener());
    connection.sync().subscribe(InvalidationPublisher.CHANNEL);
  }

  /** Listens at {@code redis://host:port}. */
  public static <V> InvalidatedCache<V> connect(String url) {
    return new InvalidatedCache<>(RedisClient.create(url));
  }

  private final class Listener extends RedisPubSubAdapter<String, String> {
    @Override
    public void subscribed(String channel, long count) {
      cache.open();
    }

    @Override
    public void message(String channel, String message) {
      cache.invalidate(message);
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
