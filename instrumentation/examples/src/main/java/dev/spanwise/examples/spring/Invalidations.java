package dev.spanwise.examples.spring;

import dev.spanwise.instrumentation.invalidation.Invalidation;
import dev.spanwise.instrumentation.invalidation.InvalidationEnvelope;
import dev.spanwise.instrumentation.invalidation.InvalidationPublisher;
import dev.spanwise.instrumentation.invalidation.InvalidationReceiver;
import dev.spanwise.instrumentation.invalidation.LettuceInvalidations;
import dev.spanwise.instrumentation.invalidation.Write;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import org.springframework.stereotype.Component;

/** Tells every instance of the application which watchlists changed. */
@Component
class Invalidations {
  private static final String CHANNEL = "watchlists";

  private final StatefulRedisConnection<String, String> connection;
  private final InvalidationPublisher publisher;

  Invalidations(
      RedisClient redis,
      InvalidationPublisher publisher,
      InvalidationReceiver receiver,
      Watchlists watchlists) {
    this.publisher = publisher;
    connection = redis.connect();
    StatefulRedisPubSubConnection<String, String> subscriber = redis.connectPubSub();
    subscriber.addListener(
        LettuceInvalidations.listener(
            receiver, invalidation -> watchlists.forget(account(invalidation))));
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
}
