package dev.spanwise.demo.cache;

import dev.spanwise.instrumentation.freshness.Probe;
import dev.spanwise.instrumentation.invalidation.Invalidation;
import dev.spanwise.instrumentation.invalidation.InvalidationReceiver;
import dev.spanwise.instrumentation.invalidation.LettuceInvalidations;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateAdapter;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.function.Consumer;

/**
 * A near cache that what is published over Redis keeps true.
 *
 * @param <V> what is kept
 */
public final class InvalidatedCache<V> implements AutoCloseable {
  /** What a freshness probe is told as: its text follows. */
  public static final String PROBE = "freshness:";

  private final NearCache<V> cache = new NearCache<>();
  private final Consumer<Probe> probes;
  private final RedisClient client;
  private final StatefulRedisPubSubConnection<String, String> connection;

  private InvalidatedCache(RedisClient client, Telemetry telemetry, Consumer<Probe> probes) {
    this.probes = probes;
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

  /**
   * Listens.
   *
   * @param url {@code redis://:password@host:port}
   * @param probes hears of each freshness probe, on the connection's thread
   */
  public static <V> InvalidatedCache<V> connect(
      String url, Telemetry telemetry, Consumer<Probe> probes) {
    RedisClient client = RedisClient.create(url);
    try {
      return new InvalidatedCache<>(client, telemetry, probes);
    } catch (RuntimeException e) {
      client.shutdown();
      throw e;
    }
  }

  private void apply(Invalidation invalidation) {
    if (invalidation.envelope() == null) {
      cache.clear();
      return;
    }
    String key = invalidation.envelope().write().key();
    cache.invalidate(key);
    Probe probe = key.startsWith(PROBE) ? Probe.parse(key.substring(PROBE.length())) : null;
    if (probe != null) {
      probes.accept(probe);
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
