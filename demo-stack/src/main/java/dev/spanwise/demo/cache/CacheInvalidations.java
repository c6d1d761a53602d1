package dev.spanwise.demo.cache;

import dev.spanwise.instrumentation.invalidation.InvalidationPublisher;
import dev.spanwise.instrumentation.invalidation.LettuceInvalidations;
import dev.spanwise.instrumentation.invalidation.Write;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;

/** Says over Redis what is out of date. Safe for use by several threads. */
public final class CacheInvalidations implements AutoCloseable {
  /** The channel of all invalidations. */
  static final String CHANNEL = "read-model";

  private final RedisClient client;
  private final StatefulRedisConnection<String, String> connection;
  private final InvalidationPublisher publisher;

  private CacheInvalidations(RedisClient client, InvalidationPublisher publisher) {
    this.client = client;
    this.connection = client.connect();
    this.publisher = publisher;
  }

  /**
   * Connects.
   *
   * @param url {@code redis://:password@host:port}
   * @param source who publishes, such as {@code /read-model-projector}
   */
  public static CacheInvalidations connect(String url, String source, Telemetry telemetry) {
    RedisClient client = RedisClient.create(url);
    try {
      return new CacheInvalidations(client, InvalidationPublisher.create(telemetry, source));
    } catch (RuntimeException e) {
      client.shutdown();
      throw e;
    }
  }

  /** Tells every cache, and waits until Redis has it. */
  public void publish(Write write) {
    Long unused = LettuceInvalidations.publish(publisher, connection.sync(), CHANNEL, write);
  }

  @Override
  public void close() {
    connection.close();
    client.shutdown();
  }
}
