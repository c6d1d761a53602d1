package dev.spanwise.instrumentation.jetstream;

import static dev.spanwise.instrumentation.jetstream.JetStreamFixture.SUBJECT;
import static dev.spanwise.instrumentation.jetstream.JetStreamFixture.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanwise.instrumentation.telemetry.FaultyTelemetry;
import dev.spanwise.instrumentation.telemetry.TelemetryFault;
import io.nats.client.Connection;
import io.nats.client.ConsumerContext;
import io.nats.client.FetchConsumer;
import io.nats.client.IterableConsumer;
import io.nats.client.JetStream;
import io.nats.client.Message;
import io.nats.client.MessageConsumer;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.opentelemetry.context.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever fails within telemetry, messages are sent, handed out and settled as without it. */
@Timeout(120) // for an exporter that blocks: until then nothing is timed
@SuppressWarnings("try") // nobody interrupts a consumer of jnats while it closes
class FailingSafelyTest {
  private static final Duration WAIT = Duration.ofSeconds(20);
  private static final List<String> PUBLISHED = List.of("a", "b", "c");

  private JetStreamFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = new JetStreamFixture();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private void pullConsumer(String name) throws Exception {
    fixture.consumer(
        ConsumerConfiguration.builder()
            .durable(name)
            .filterSubject(SUBJECT)
            .ackWait(Duration.ofMinutes(10))
            .build());
  }

  @ParameterizedTest
  @EnumSource
  void everyWayToPublishAndToConsumeGivesWhatItDoesWithoutUs(TelemetryFault fault)
      throws Exception {
    for (String name : List.of("next", "fetch", "iterate", "consume", "subscription")) {
      pullConsumer(name);
    }
    fixture.consumer(fixture.push("push", AckPolicy.Explicit).ackWait(600_000).build());
    try (FaultyTelemetry faulty = FaultyTelemetry.start(fault)) {
      Connection connection = JetStreamTelemetry.create(faulty.telemetry()).wrap(fixture.plain);

      // First: jnats loses what is pushed while it subscribes.
      List<String> pushed = pushed(connection);
      publish(connection.jetStream());

      assertThat(next(consumer(connection, "next"))).isEqualTo(PUBLISHED);
      assertThat(fetched(consumer(connection, "fetch"))).isEqualTo(PUBLISHED);
      assertThat(iterated(consumer(connection, "iterate"))).isEqualTo(PUBLISHED);
      assertThat(consumed(consumer(connection, "consume"))).isEqualTo(PUBLISHED);
      assertThat(subscription(connection.jetStream())).isEqualTo(PUBLISHED);
      await(() -> pushed.size() == PUBLISHED.size());
      assertThat(pushed).isEqualTo(PUBLISHED);
      for (String name : List.of("next", "fetch", "iterate", "consume", "subscription", "push")) {
        await(() -> isSettled(name));
      }
      faulty.assertMet();
    }
    assertThat(Context.current()).isSameAs(Context.root());
  }

  @ParameterizedTest
  @EnumSource
  void theApplicationsExceptionsAndJnatsOwnComeThrough(TelemetryFault fault) throws Exception {
    fixture.plain.jetStream().publish(SUBJECT, new byte[] {1});
    IllegalStateException thrown = new IllegalStateException("no such account");
    try (FaultyTelemetry faulty = FaultyTelemetry.start(fault)) {
      JetStreamTelemetry telemetry = JetStreamTelemetry.create(faulty.telemetry());
      Connection connection = telemetry.wrap(fixture.plain);
      Message message = consumer(connection, "projector").next(WAIT);

      assertThatThrownBy(
              () ->
                  telemetry.process(
                      message,
                      received -> {
                        throw thrown;
                      }))
          .isSameAs(thrown)
          .hasNoSuppressedExceptions();
      assertThatThrownBy(() -> connection.jetStream().publish("elsewhere", new byte[] {1}))
          .isInstanceOf(IOException.class);
      assertThat(connection.jetStream().publishAsync("elsewhere", new byte[] {1}))
          .failsWithin(WAIT);
      faulty.assertMet();
    }
    assertThat(Context.current()).isSameAs(Context.root());
  }

  private static void publish(JetStream jetStream) throws Exception {
    assertThat(jetStream.publish(SUBJECT, "a".getBytes(UTF_8)).getSeqno()).isEqualTo(1);
    assertThat(
            jetStream
                .publishAsync(SUBJECT, "b".getBytes(UTF_8))
                .get(WAIT.toSeconds(), TimeUnit.SECONDS)
                .getSeqno())
        .isEqualTo(2);
    assertThat(jetStream.publish(SUBJECT, "c".getBytes(UTF_8)).getSeqno()).isEqualTo(3);
  }

  private static ConsumerContext consumer(Connection connection, String name) throws Exception {
    return connection.getConsumerContext("ORDERS", name);
  }

  private static String settled(Message message) {
    message.ack();
    return new String(message.getData(), UTF_8);
  }

  private static List<String> next(ConsumerContext consumer) throws Exception {
    List<String> received = new ArrayList<>();
    while (received.size() < PUBLISHED.size()) {
      received.add(settled(consumer.next(WAIT)));
    }
    return received;
  }

  private static List<String> fetched(ConsumerContext consumer) throws Exception {
    List<String> received = new ArrayList<>();
    try (FetchConsumer batch = consumer.fetchMessages(PUBLISHED.size())) {
      for (Message message = batch.nextMessage(); message != null; message = batch.nextMessage()) {
        received.add(settled(message));
      }
    }
    return received;
  }

  private static List<String> iterated(ConsumerContext consumer) throws Exception {
    List<String> received = new ArrayList<>();
    try (IterableConsumer loop = consumer.iterate()) {
      while (received.size() < PUBLISHED.size()) {
        received.add(settled(loop.nextMessage(WAIT)));
      }
    }
    return received;
  }

  private static List<String> consumed(ConsumerContext consumer) throws Exception {
    List<String> received = new CopyOnWriteArrayList<>();
    try (MessageConsumer running = consumer.consume(message -> received.add(settled(message)))) {
      await(() -> received.size() == PUBLISHED.size());
      running.stop();
    }
    return received;
  }

  private static List<String> subscription(JetStream jetStream) throws Exception {
    return jetStream
        .subscribe(SUBJECT, PullSubscribeOptions.bind("ORDERS", "subscription"))
        .fetch(PUBLISHED.size(), WAIT)
        .stream()
        .map(FailingSafelyTest::settled)
        .toList();
  }

  private static List<String> pushed(Connection connection) throws Exception {
    List<String> received = new CopyOnWriteArrayList<>();
    connection
        .jetStream()
        .subscribe(
            SUBJECT,
            connection.createDispatcher(),
            message -> received.add(new String(message.getData(), UTF_8)),
            true,
            PushSubscribeOptions.bind("ORDERS", "push"));
    return received;
  }

  private boolean isSettled(String consumer) {
    try {
      ConsumerInfo info = fixture.plain.jetStreamManagement().getConsumerInfo("ORDERS", consumer);
      assertThat(info.getRedelivered()).as("redelivered by %s", consumer).isZero();
      return info.getNumAckPending() == 0 && info.getNumPending() == 0;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
