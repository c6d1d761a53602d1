package dev.spanwise.instrumentation.invalidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.spanwise.instrumentation.telemetry.RecordedTelemetry;
import dev.spanwise.testing.server.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A real server that goes away while it is published to and listened to, and comes back. */
class ServerRestartTest {
  private static final Write WRITE = new Write("k", 1L, Instant.EPOCH);

  private final RecordedTelemetry recorded = new RecordedTelemetry();
  private final InvalidationPublisher publisher =
      InvalidationPublisher.create(recorded.telemetry(), "/orders");
  private final InvalidationReceiver receiver = InvalidationReceiver.create(recorded.telemetry());
  private final RedisServer server = RedisServer.start();
  private final RedisClient client = RedisClient.create(server.url());

  @AfterEach
  void close() {
    client.shutdown();
    server.close();
    assertThat(Context.current()).isSameAs(Context.root());
  }

  @Test
  void publishingToAServerThatIsAwayFailsAsItDoesWithoutUs() {
    var connection = client.connect();
    connection.setTimeout(Duration.ofMillis(300));
    server.stop();

    Throwable expected = catchThrowable(() -> connection.sync().publish("prices", "plain"));
    assertThat(
            catchThrowable(
                () -> LettuceInvalidations.publish(publisher, connection.sync(), "prices", WRITE)))
        .hasSameClassAs(expected)
        .hasMessage(expected.getMessage());
    assertThat(
            catchThrowable(
                () ->
                    LettuceInvalidations.publish(publisher, connection.reactive(), "prices", WRITE)
                        .block(Duration.ofSeconds(20))))
        .isNotNull();

    assertThat(recorded.spans())
        .filteredOn(span -> span.getStatus().getStatusCode() == StatusCode.ERROR)
        .isNotEmpty()
        .allMatch(span -> span.getEvents().size() == 1);
    assertThat(recorded.count("spanwise.invalidation.lag")).isZero();
  }

  @Test
  void aFutureThatWaitsForTheServerIsLettucesAndItsSpanEndsWithIt() throws Exception {
    var connection = client.connect();
    server.stop();
    RecordedTelemetry.await("a connection that is lost", () -> !connection.isOpen());

    RedisFuture<Long> later =
        LettuceInvalidations.publish(publisher, connection.async(), "prices", WRITE);
    assertThat(later.isDone()).isFalse();
    assertThat(recorded.spans()).isEmpty();

    server.startAgain();
    assertThat(later.get(60, TimeUnit.SECONDS)).isZero();
    RecordedTelemetry.await("the span's end", () -> !recorded.spans().isEmpty());
    assertThat(recorded.span("publish prices").getStatus().getStatusCode())
        .isEqualTo(StatusCode.UNSET);
  }

  @Test
  void aFutureThatIsCancelledMeanwhileIsNoError() throws Exception {
    var connection = client.connect();
    server.stop();
    RecordedTelemetry.await("a connection that is lost", () -> !connection.isOpen());

    RedisFuture<Long> later =
        LettuceInvalidations.publish(publisher, connection.async(), "prices", WRITE);
    assertThat(later.cancel(true)).isTrue();

    assertThat(recorded.span("publish prices").getStatus().getStatusCode())
        .isEqualTo(StatusCode.UNSET);
    assertThat(recorded.span("publish prices").getEvents()).isEmpty();
    assertThat(recorded.count("spanwise.invalidation.lag")).isZero();
  }

  @Test
  void listenersAreToldOfTheSubscriptionAgainAndListenOn() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    List<Invalidation> applied = new CopyOnWriteArrayList<>();
    var subscriber = client.connectPubSub();
    subscriber.addListener(LettuceInvalidations.listener(receiver, applied::add));
    subscriber.addListener(
        LettuceInvalidations.wrap(
            receiver,
            new RedisPubSubAdapter<>() {
              @Override
              public void subscribed(String channel, long count) {
                told.add(channel);
              }
            }));
    subscriber.sync().subscribe("prices");
    RecordedTelemetry.await("a subscription", () -> told.size() == 1);

    server.stop();
    server.startAgain();

    RecordedTelemetry.await("a subscription again", () -> told.size() == 2);
    LettuceInvalidations.publish(publisher, client.connect().sync(), "prices", WRITE);
    RecordedTelemetry.await("the message", () -> applied.size() == 1);
    RecordedTelemetry.await(
        "two processed",
        () ->
            recorded.spans().stream().filter(s -> s.getName().equals("process prices")).count()
                == 2);
  }
}
