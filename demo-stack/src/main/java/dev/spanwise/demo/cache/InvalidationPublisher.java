package dev.spanwise.demo.cache;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;

/** Says over Redis what is out of date. Safe for use by several threads. */
public final class InvalidationPublisher implements AutoCloseable {
  /** The channel of all invalidations. */
  static final String CHANNEL = "read-model";

  private final RedisClient client;
  private final StatefulRedisConnection<String, String> connection;

  private InvalidationPublisher(
      RedisClient client, StatefulRedisConnection<String, String> connection) {
    this.client = client;
    this.connection = connection;
  }

  /** Connects to {@code redis://host:port}. */
  public static InvalidationPublisher connect(String url) {
    RedisClient client = RedisClient.create(url);
    return new InvalidationPublisher(client, client.connect());
  }

  /** Tells every cache. */
  public void publish(Invalidation invalidation) {
    connection.sync().publish(CHANNEL, invalidation.key());
  }

  @Override
  public void close() {
    connection.close();
    client.shutdown();
  }
}
