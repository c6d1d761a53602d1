package dev.spanwise.examples.plain;

import dev.spanwise.instrumentation.invalidation.Invalidation;
import dev.spanwise.instrumentation.invalidation.InvalidationEnvelope;
import dev.spanwise.instrumentation.invalidation.InvalidationPublisher;
import dev.spanwise.instrumentation.invalidation.InvalidationReceiver;
import dev.spanwise.instrumentation.invalidation.LettuceInvalidations;
import dev.spanwise.instrumentation.invalidation.Write;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.function.Consumer;

/** Tells every instance of the application which watchlists changed. */
final class Invalidations implements AutoCloseable {
  private static final String CHANNEL = "watchlists";

  private final RedisClient redis;
  private final StatefulRedisConnection<String, String> connection;
  private final InvalidationPublisher publisher;

  Invalidations(String url, Telemetry telemetry, Consumer<String> forget) {
    redis = RedisClient.create(url);
    connection = redis.connect();
    publisher = InvalidationPublisher.create(telemetry, "/watchlists");
    StatefulRedisPubSubConnection<String, String> subscriber = redis.connectPubSub();
    subscriber.addListener(
        LettuceInvalidations.listener(
            InvalidationReceiver.create(telemetry),
            invalidation -> forget.accept(account(invalidation))));
    subscriber.sync().subscribe(CHANNEL);
  }

  void publish(Write write) {
    LettuceInvalidations.publish(publisher, connection.sync(), CHANNEL, write);
  }

  /** What others publish there is an account, as it is. */
  private static String account(Invalidation invalidation) {
    InvalidationEnvelope envelope = invalidation.envelope();
    return envelope == null ? invalidation.message() : envelope.write().key();
  }

  @Override
  public void close() {
    redis.shutdown();
  }
}
