package dev.spanwise.instrumentation.invalidation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.instrumentation.telemetry.RecordedTelemetry;
import dev.spanwise.testing.server.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LettuceInvalidationsTest {
  private static final String RESULT = "spanwise.invalidation.result";

  private final RecordedTelemetry recorded = new RecordedTelemetry();
  private final InvalidationPublisher publisher =
      InvalidationPublisher.create(recorded.telemetry(), "/orders");
  private final InvalidationReceiver receiver = InvalidationReceiver.create(recorded.telemetry());
  private final List<Invalidation> applied = new CopyOnWriteArrayList<>();
  private final RedisServer server = RedisServer.start();
  private final RedisClient client = RedisClient.create(server.url());
  private StatefulRedisPubSubConnection<String, String> subscriber;

  @BeforeEach
  void subscribe() {
    subscriber = client.connectPubSub();
    subscriber.addListener(LettuceInvalidations.listener(receiver, applied::add));
    subscriber.sync().subscribe("prices");
    subscriber.sync().psubscribe("account.*");
  }

  @AfterEach
  void close() {
    client.shutdown();
    server.close();
  }

  private static Write write(long version) {
    return new Write("k", version, Instant.now());
  }

  private void awaitApplied(int messages) throws InterruptedException {
    RecordedTelemetry.await(
        messages + " messages applied, not " + applied, () -> applied.size() >= messages);
  }

  @Test
  void publishesByAllThreeKindsOfCommands() throws Exception {
    var connection = client.connect();

    Long receivers = LettuceInvalidations.publish(publisher, connection.sync(), "prices", write(1));
    Long later =
        LettuceInvalidations.publish(publisher, connection.async(), "prices", write(2))
            .get(10, TimeUnit.SECONDS);
    var reactive =
        LettuceInvalidations.publish(publisher, connection.reactive(), "prices", write(3));
    Long reactively = reactive.block();

    awaitApplied(3);
    assertThat(List.of(receivers, later, reactively)).containsOnly(1L);
    assertThat(applied)
        .extracting(invalidation -> Objects.requireNonNull(invalidation.envelope()).write())
        .extracting(Write::version)
        .containsExactly(1L, 2L, 3L);
    RecordedTelemetry.await("six spans", () -> recorded.spans().size() == 6);
    for (var process :
        recorded.spans().stream().filter(s -> s.getName().equals("process prices")).toList()) {
      assertThat(recorded.spans())
          .anyMatch(
              publish ->
                  publish.getName().equals("publish prices")
                      && publish.getSpanId().equals(process.getParentSpanId()));
    }
  }

  @Test
  void aChannelUnderAPatternIsNamedByThePattern() throws Exception {
    LettuceInvalidations.publish(publisher, client.connect().sync(), "account.42", write(1));

    awaitApplied(1);
    assertThat(applied.get(0).channel()).isEqualTo("account.42");
    RecordedTelemetry.await(
        "a span",
        () -> recorded.spans().stream().anyMatch(s -> s.getName().equals("process account.*")));
  }

  @Test
  void listensOnAfterTheServerWasRestarted() throws Exception {
    LettuceInvalidations.publish(publisher, client.connect().sync(), "prices", write(1));
    awaitApplied(1);

    server.stop();
    server.startAgain();
    RecordedTelemetry.await(
        "a subscriber again", () -> client.connect().sync().publish("prices", "plain") == 1);
    LettuceInvalidations.publish(publisher, client.connect().sync(), "prices", write(4));

    awaitApplied(3);
    RecordedTelemetry.await(
        "the last counted", () -> recorded.count("spanwise.invalidation.messages") == 3);
    assertThat(recorded.count("spanwise.invalidation.missed")).isEqualTo(2);
    assertThat(recorded.count("spanwise.invalidation.messages", RESULT, "plain")).isEqualTo(1);
  }

  @Test
  void aListenerOfBytesReceivesItsBytesInsideASpan() throws Exception {
    List<String> received = new CopyOnWriteArrayList<>();
    var bytes = client.connectPubSub(ByteArrayCodec.INSTANCE);
    bytes.addListener(
        LettuceInvalidations.wrap(
            receiver,
            new RedisPubSubAdapter<byte[], byte[]>() {
              @Override
              public void message(byte[] channel, byte[] message) {
                received.add(new String(message, StandardCharsets.UTF_8));
              }
            }));
    bytes.sync().subscribe("bytes".getBytes(StandardCharsets.UTF_8));

    client.connect().sync().publish("bytes", "hello");
    LettuceInvalidations.publish(publisher, client.connect().sync(), "bytes", write(1));

    RecordedTelemetry.await("two messages", () -> received.size() == 2);
    RecordedTelemetry.await(
        "both counted",
        () ->
            recorded.count("spanwise.invalidation.messages", "messaging.destination.name", "bytes")
                == 2);
    assertThat(received.get(0)).isEqualTo("hello");
    assertThat(received.get(1)).contains(InvalidationEnvelope.TYPE);
    assertThat(recorded.count("spanwise.invalidation.messages", RESULT, "applied")).isEqualTo(1);
  }

  @Test
  void listenersThatShareAReceiverAndAChannelAreNoDuplicatesOfEachOther() throws Exception {
    subscriber.addListener(LettuceInvalidations.listener(receiver, applied::add));
    subscriber.addListener(
        LettuceInvalidations.wrap(receiver, new RedisPubSubAdapter<String, String>() {}));
    var commands = client.connect().sync();

    LettuceInvalidations.publish(publisher, commands, "prices", write(1));
    LettuceInvalidations.publish(publisher, commands, "prices", write(1));

    RecordedTelemetry.await(
        "all counted", () -> recorded.count("spanwise.invalidation.messages") == 6);
    assertThat(recorded.count("spanwise.invalidation.messages", RESULT, "applied")).isEqualTo(3);
    assertThat(recorded.count("spanwise.invalidation.messages", RESULT, "duplicate")).isEqualTo(3);
  }

  @Test
  void theReadmesExampleForgetsTheKey() throws Exception {
    Map<String, String> cache = new ConcurrentHashMap<>(Map.of("account:42", "stale"));
    InvalidationExample.subscribe(recorded.telemetry(), client, cache);

    InvalidationExample.publish(recorded.telemetry(), client, "account:42", 1, Instant.now());

    RecordedTelemetry.await("an empty cache", cache::isEmpty);
  }
}
