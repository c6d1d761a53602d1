package dev.spanwise.instrumentation.invalidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanwise.instrumentation.telemetry.FaultyTelemetry;
import dev.spanwise.instrumentation.telemetry.RecordedTelemetry;
import dev.spanwise.instrumentation.telemetry.TelemetryFault;
import dev.spanwise.testing.server.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever fails within telemetry, messages are sent and received as without it. */
@Timeout(120) // for an exporter that blocks: until then nothing is timed
class FailingSafelyTest {
  @SuppressWarnings("NullAway.Init") // set before the first test
  private static RedisServer server;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private static RedisClient client;

  @BeforeAll
  static void start() {
    server = RedisServer.start();
    client = RedisClient.create(server.url());
  }

  @AfterAll
  static void stop() {
    client.shutdown();
    server.close();
  }

  private static Write write(long version) {
    return new Write("k", version, Instant.now());
  }

  @ParameterizedTest
  @EnumSource
  void everyWayToPublishReachesEveryListenerOnce(TelemetryFault fault) throws Exception {
    List<Invalidation> applied = new CopyOnWriteArrayList<>();
    List<String> wrapped = new CopyOnWriteArrayList<>();
    try (FaultyTelemetry faulty = FaultyTelemetry.start(fault);
        var subscriber = client.connectPubSub();
        var connection = client.connect()) {
      InvalidationPublisher publisher = InvalidationPublisher.create(faulty.telemetry(), "/orders");
      InvalidationReceiver receiver = InvalidationReceiver.create(faulty.telemetry());
      subscriber.addListener(LettuceInvalidations.listener(receiver, applied::add));
      subscriber.addListener(
          LettuceInvalidations.wrap(
              receiver,
              new RedisPubSubAdapter<>() {
                @Override
                public void message(String channel, String message) {
                  wrapped.add(message);
                }
              }));
      subscriber.sync().subscribe("prices");

      Long receivers =
          LettuceInvalidations.publish(publisher, connection.sync(), "prices", write(1));
      Long afterwards =
          LettuceInvalidations.publish(publisher, connection.async(), "prices", write(2))
              .get(20, TimeUnit.SECONDS);
      Long reactively =
          LettuceInvalidations.publish(publisher, connection.reactive(), "prices", write(3))
              .block();
      connection.sync().publish("prices", "plain");

      assertThat(List.of(receivers, afterwards, reactively)).containsOnly(1L);
      RecordedTelemetry.await("four messages", () -> applied.size() + wrapped.size() >= 8);
      assertThat(applied.subList(0, 3))
          .extracting(message -> Objects.requireNonNull(message.envelope()).write().version())
          .containsExactly(1L, 2L, 3L);
      assertThat(applied.get(3)).isEqualTo(new Invalidation("prices", "plain", null));
      assertThat(wrapped).isEqualTo(applied.stream().map(Invalidation::message).toList());
      faulty.assertMet();
    }
    assertThat(Context.current()).isSameAs(Context.root());
  }

  @ParameterizedTest
  @EnumSource
  void theApplicationsExceptionsComeThrough(TelemetryFault fault) throws Exception {
    RedisException failure = new RedisException("no connection");
    try (FaultyTelemetry faulty = FaultyTelemetry.start(fault)) {
      InvalidationPublisher publisher = InvalidationPublisher.create(faulty.telemetry(), "/orders");
      InvalidationReceiver receiver = InvalidationReceiver.create(faulty.telemetry());
      CompletableFuture<Long> failed = CompletableFuture.failedFuture(failure);

      String message = publisher.publish("prices", write(1), sent -> sent);
      assertThatThrownBy(
              () ->
                  publisher.publish(
                      "prices",
                      write(2),
                      sent -> {
                        throw failure;
                      }))
          .isSameAs(failure)
          .hasNoSuppressedExceptions();
      CompletableFuture<Long> given = publisher.publishAsync("prices", write(3), sent -> failed);
      assertThat(given).isSameAs(failed);
      assertThatThrownBy(
              () ->
                  receiver.receive(
                      "prices",
                      message,
                      invalidation -> {
                        throw failure;
                      }))
          .isSameAs(failure)
          .hasNoSuppressedExceptions();
      faulty.assertMet();
    }
    assertThat(Context.current()).isSameAs(Context.root());
  }
}
