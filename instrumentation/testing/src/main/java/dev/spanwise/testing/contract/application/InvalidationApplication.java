package dev.spanwise.testing.contract.application;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.RedisPubSubListener;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Receives invalidations through two connections and drops what they name from its caches.
 * Settings: {@code redis.url}; {@code message.0} and so on are published by somebody else on the
 * channel {@code invalidations}. What was received is said in the order of arrival as {@code
 * received.0=}; one that contains {@code fail} makes the listener throw.
 */
public final class InvalidationApplication implements Application {
  private static final String CHANNEL = "invalidations";
  private static final long TIMEOUT_SECONDS = 10;

  @Override
  public void run(Seam seam, Map<String, String> settings, PrintStream out) throws Exception {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    RedisClient client = RedisClient.create(settings.get("redis.url"));
    try (StatefulRedisPubSubConnection<String, String> first = client.connectPubSub();
        StatefulRedisPubSubConnection<String, String> second = client.connectPubSub();
        StatefulRedisConnection<String, String> other = client.connect()) {
      for (StatefulRedisPubSubConnection<String, String> subscriber : List.of(first, second)) {
        subscriber.addListener(seam.listener(listener(received)));
        subscriber.sync().subscribe(CHANNEL);
      }
      for (int i = 0; settings.containsKey("message." + i); i++) {
        other.sync().publish(CHANNEL, settings.get("message." + i));
        for (int connection = 0; connection < 2; connection++) {
          String message = received.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
          out.println("received." + i + "=" + message);
        }
      }
    } finally {
      client.shutdown();
    }
  }

  private static RedisPubSubListener<String, String> listener(BlockingQueue<String> received) {
    return new RedisPubSubAdapter<>() {
      @Override
      public void message(String channel, String message) {
        received.add(message);
        if (message.contains("fail")) {
          throw new IllegalStateException("the listener was asked to fail");
        }
      }
    };
  }
}
