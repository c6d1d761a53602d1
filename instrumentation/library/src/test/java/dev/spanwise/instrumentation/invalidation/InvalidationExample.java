package dev.spanwise.instrumentation.invalidation;

import dev.spanwise.instrumentation.telemetry.Telemetry;
import io.lettuce.core.RedisClient;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Instant;
import java.util.Map;

/** The README's example. */
final class InvalidationExample {
  private InvalidationExample() {}

  static void publish(
      Telemetry telemetry, RedisClient redis, String key, long version, Instant committed) {
    // README
    InvalidationPublisher publisher = InvalidationPublisher.create(telemetry, "/orders");
    Write write = new Write(key, version, committed);
    LettuceInvalidations.publish(publisher, redis.connect().sync(), "accounts", write);
    // README
  }

  static void subscribe(Telemetry telemetry, RedisClient redis, Map<String, String> cache) {
    // README
    InvalidationReceiver receiver = InvalidationReceiver.create(telemetry);
    StatefulRedisPubSubConnection<String, String> subscriber = redis.connectPubSub();
    subscriber.addListener(
        LettuceInvalidations.listener(
            receiver,
            invalidation -> {
              InvalidationEnvelope envelope = invalidation.envelope();
              cache.remove(envelope == null ? invalidation.message() : envelope.write().key());
            }));
    subscriber.sync().subscribe("accounts");
    // README
  }
}
