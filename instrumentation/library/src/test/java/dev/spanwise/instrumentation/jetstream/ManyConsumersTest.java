package dev.spanwise.instrumentation.jetstream;

import static dev.spanwise.instrumentation.jetstream.JetStreamFixture.SUBJECT;
import static dev.spanwise.instrumentation.jetstream.JetStreamFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.instrumentation.telemetry.SafeSpan;
import io.micrometer.core.instrument.Meter;
import io.nats.client.ConsumerContext;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.StreamContext;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.OrderedConsumerConfiguration;
import io.nats.client.impl.NatsJetStreamMetaData;
import io.nats.client.impl.NatsMessage;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Consumers come and go, and many have a name that was made up for them. */
class ManyConsumersTest {
  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final int BOUND = 1_000;

  private JetStreamFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = new JetStreamFixture();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void orderedConsumersAreOne() throws Exception {
    fixture.publish("a");
    StreamContext stream = fixture.wrapped().getStreamContext("ORDERS");
    for (int i = 0; i < 2; i++) {
      assertThat(stream.createOrderedConsumer(new OrderedConsumerConfiguration()).next(WAIT))
          .isNotNull();
    }

    assertThat(consumers("spanwise.jetstream.message.age")).containsExactly("(ordered)");
  }

  @Test
  void consumersWithoutANameAreOne() throws Exception {
    fixture.publish("a");
    StreamContext stream = fixture.wrapped().getStreamContext("ORDERS");
    for (int i = 0; i < 2; i++) {
      ConsumerContext made = stream.createOrUpdateConsumer(ConsumerConfiguration.builder().build());
      made.next(WAIT).ack();
    }
    fixture
        .wrapped()
        .jetStream()
        .subscribe(SUBJECT, PullSubscribeOptions.builder().stream("ORDERS").build())
        .fetch(1, WAIT)
        .forEach(Message::ack);
    fixture.wrapped().jetStream().subscribe(SUBJECT).nextMessage(WAIT).ack();

    assertThat(consumers("spanwise.jetstream.message.age")).containsExactly("(ephemeral)");
  }

  @Test
  void consumersThatTheApplicationNamedKeepTheirNames() throws Exception {
    fixture.publish("a");
    StreamContext stream = fixture.wrapped().getStreamContext("ORDERS");
    stream
        .createOrUpdateConsumer(ConsumerConfiguration.builder().name("viewer").build())
        .next(WAIT)
        .ack();
    stream.getConsumerContext("projector").next(WAIT).ack();

    assertThat(consumers("spanwise.jetstream.message.age"))
        .containsExactlyInAnyOrder("viewer", "projector");
  }

  @Test
  void messagesPastTheBoundAreOfTheirOwnStreamAndConsumer() {
    Consumers consumers = consumers(WAIT);
    for (int i = 0; i < BOUND; i++) {
      delivered(consumers, "S", "many-" + i, 1);
    }
    Processing processing = delivered(consumers, "A", "late", 1);
    Processing ofAnotherStream = delivered(consumers, "B", "late", 1);

    assertThat(processing.hasEnded()).isFalse();
    delivered(consumers, "A", "late", 2);
    assertThat(processing.hasEnded()).isTrue();
    assertThat(ofAnotherStream.hasEnded()).isFalse();
  }

  @Test
  void consumersWithoutMessagesMakeRoom() {
    Consumers consumers = consumers(Duration.ofMillis(500));
    for (int i = 0; i <= BOUND; i++) {
      delivered(consumers, "S", "many-" + i, 1);
    }
    await(() -> consumers("spanwise.jetstream.consumer.pending").isEmpty());

    delivered(consumers, "S", "late", 1);

    assertThat(consumers("spanwise.jetstream.consumer.pending")).containsExactly("late");
  }

  @Test
  void aConsumerThatHasMessagesElsewhereKeepsItsGauges() {
    Consumers idle = consumers(Duration.ofMillis(100));
    Consumers busy = consumers(Duration.ofMinutes(10));
    Processing first = delivered(idle, "S", "shared", 1);
    delivered(busy, "S", "shared", 1);
    await(first::hasEnded);

    assertThat(consumers("spanwise.jetstream.consumer.pending")).containsExactly("shared");
    assertThat(consumers("spanwise.jetstream.consumer.ack_pending")).containsExactly("shared");
  }

  @Test
  void theDurationsOfEachConsumerUpToTheBoundAreItsOwn() {
    Consumers consumers = consumers(WAIT);
    for (int i = 0; i < BOUND; i++) {
      delivered(consumers, "S", "many-" + i, 1).settled(Settlement.ACK);
    }

    assertThat(consumers("spanwise.jetstream.process.duration"))
        .hasSize(BOUND)
        .doesNotContain("other");
  }

  private Consumers consumers(Duration unsettledFor) {
    return new Consumers(ConsumerMetrics.of(fixture.telemetry), 10, unsettledFor);
  }

  /** The server lets nobody send what is laid out as a delivery of its own: made here. */
  private Processing delivered(Consumers consumers, String stream, String consumer, int count) {
    String replyTo = "$JS.ACK.%s.%s.%d.5.5.1000.0".formatted(stream, consumer, count);
    NatsMessage message =
        new NatsMessage(SUBJECT, replyTo, new byte[0]) {
          @Override
          public boolean isJetStream() {
            return true;
          }
        };
    NatsJetStreamMetaData metadata = new NatsJetStreamMetaData(message);
    ConsumerKind kind = ConsumerKind.of(AckPolicy.Explicit);
    SafeSpan span =
        fixture.telemetry.tracing("test").start("process", SpanKind.CONSUMER, Attributes.empty());
    Processing begun = consumers.begin(span, metadata, kind, System.nanoTime());
    consumers.received(span, metadata, kind);
    return begun;
  }

  private List<String> consumers(String metric) {
    return fixture.registry.find(metric).meters().stream()
        .map(Meter::getId)
        .map(id -> String.valueOf(id.getTag("messaging.consumer.group.name")))
        .toList();
  }
}
