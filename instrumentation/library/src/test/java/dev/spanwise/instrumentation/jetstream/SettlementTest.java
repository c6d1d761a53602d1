package dev.spanwise.instrumentation.jetstream;

import static dev.spanwise.instrumentation.jetstream.JetStreamFixture.settlement;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import io.micrometer.core.instrument.Gauge;
import io.nats.client.ConsumerContext;
import io.nats.client.Dispatcher;
import io.nats.client.IterableConsumer;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.MessageConsumer;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.OrderedConsumerConfiguration;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SettlementTest {
  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final String PROCESS = "process ORDERS";

  private JetStreamFixture fixture;
  private ConsumerContext projector;

  @BeforeEach
  void start() throws Exception {
    fixture = new JetStreamFixture();
    projector = fixture.wrapped().getConsumerContext("ORDERS", "projector");
  }

  @AfterEach
  void stop() throws Exception {
    fixture.close();
  }

  @Test
  void aMessageThatIsGivenBackComesAgainAsARedelivery() throws Exception {
    fixture.publish("a");
    projector.next(WAIT).nak();
    projector.next(WAIT).nakWithDelay(Duration.ofMillis(10));
    Message third = projector.next(WAIT);
    third.inProgress();
    third.ackSync(WAIT);

    assertThat(fixture.named(PROCESS))
        .extracting(JetStreamFixture::settlement)
        .containsExactly("nak", "nak", "ack");
    assertThat(fixture.named(PROCESS))
        .extracting(
            span -> span.getAttributes().get(SpanwiseAttributes.SPANWISE_JETSTREAM_DELIVERY_COUNT))
        .containsExactly(1L, 2L, 3L);
    assertThat(fixture.registry.get("spanwise.jetstream.redeliveries").counter().count())
        .isEqualTo(2);
    assertThat(
            fixture
                .registry
                .get("spanwise.jetstream.process.duration")
                .tag("spanwise.jetstream.settlement", "nak")
                .timer()
                .count())
        .isEqualTo(2);
    assertThat(fixture.registry.get("spanwise.jetstream.message.age").timer().count()).isEqualTo(3);
  }

  @Test
  void aPoisonMessageIsAnErrorOnce() throws Exception {
    fixture.publish("a");
    projector.next(WAIT).term();

    SpanData span = fixture.processed();
    assertThat(settlement(span)).isEqualTo("term");
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(span.getAttributes().get(AttributeKey.stringKey("error.type")))
        .isEqualTo("terminated");
    assertThat(span.getEvents()).isEmpty();
  }

  @Test
  void aHandlersExceptionIsTheSpansOneErrorWhateverItSettledBefore() throws Exception {
    fixture.publish("a");
    MessageConsumer consuming =
        projector.consume(
            message -> {
              message.term();
              throw new IllegalStateException("no such account");
            });

    SpanData span = fixture.processed();
    assertThat(span.getAttributes().get(AttributeKey.stringKey("error.type")))
        .isEqualTo("java.lang.IllegalStateException");
    assertThat(span.getEvents()).hasSize(1);
    assertThat(settlement(span)).isEqualTo("term");
    consuming.stop();
  }

  @Test
  void messagesOfABatchAreSettledByOtherThreads() throws Exception {
    fixture.publish("a", "b", "c");
    List<Message> messages =
        new ArrayList<>(fixture.jetStream.wrap(bound(), AckPolicy.Explicit).fetch(3, WAIT));

    assertThat(Span.current()).isSameAs(Span.getInvalid());
    assertThat(fixture.named(PROCESS)).isEmpty();
    messages.forEach(message -> CompletableFuture.runAsync(message::ack).join());
    assertThat(fixture.named(PROCESS))
        .hasSize(3)
        .allSatisfy(span -> assertThat(settlement(span)).isEqualTo("ack"));
  }

  private JetStreamSubscription bound() throws Exception {
    return fixture
        .plain
        .jetStream()
        .subscribe(JetStreamFixture.SUBJECT, PullSubscribeOptions.bind("ORDERS", "projector"));
  }

  @Test
  void whereNobodyToldWhetherMessagesAreSettledSpansAreOfThoseThatAre() throws Exception {
    fixture.publish("a", "b", "c");
    List<Message> taken = new ArrayList<>();
    for (Message message : fixture.jetStream.wrap(bound()).fetch(2, WAIT)) {
      taken.add(message);
    }
    assertThat(fixture.named(PROCESS)).isEmpty();
    CompletableFuture.runAsync(taken.get(1)::ack).join();
    taken.get(0).nak();
    assertThat(fixture.named(PROCESS))
        .extracting(JetStreamFixture::settlement)
        .containsExactly("ack", "nak");
    assertThat(fixture.named(PROCESS).get(1).getStartEpochNanos())
        .as("begins when it was handed out")
        .isLessThan(fixture.named(PROCESS).get(0).getEndEpochNanos());
    fixture
        .jetStream
        .handler(Message::ack)
        .onMessage(fixture.plain.getConsumerContext("ORDERS", "projector").next(WAIT));

    assertThat(fixture.named(PROCESS)).hasSize(3);
    assertThat(fixture.registry.get("spanwise.jetstream.consumer.pending").gauge()).isNotNull();
    assertThat(fixture.registry.find("spanwise.jetstream.consumer.ack_pending").gauge()).isNull();
  }

  @Test
  void aConsumerThatIsTakenByItsNameIsNotTakenForOneThatIsSettled() throws Exception {
    fixture.consumer(fixture.push("viewer", AckPolicy.None).build());
    Dispatcher dispatcher = fixture.plain.createDispatcher();
    fixture
        .wrapped()
        .jetStream()
        .subscribe(
            JetStreamFixture.SUBJECT,
            dispatcher,
            message -> {},
            true,
            PushSubscribeOptions.builder().durable("viewer").build());
    fixture.publish("a");

    assertThat(settlement(fixture.processed())).isEqualTo("none");
    assertThat(fixture.registry.find("spanwise.jetstream.consumer.ack_pending").gauge()).isNull();
  }

  @Test
  void aMessageThatALoopGivesToAnotherThreadIsProcessedOnce() throws Exception {
    fixture.publish("a");
    List<Message> taken = new ArrayList<>();
    for (Message message : fixture.jetStream.wrap(bound()).fetch(1, WAIT)) {
      taken.add(message);
    }
    CompletableFuture.runAsync(() -> fixture.jetStream.process(taken.get(0), Message::ack)).join();

    assertThat(settlement(fixture.processed())).isEqualTo("ack");
    assertThat(ages()).isEqualTo(1);
  }

  @Test
  void whatIsProcessedAgainIsOneDelivery() throws Exception {
    fixture.publish("a");
    projector.next(WAIT).nak();
    Message again = projector.next(WAIT);
    again.ack();
    fixture.jetStream.process(again, Message::getData);

    assertThat(ages()).isEqualTo(2);
    assertThat(fixture.registry.get("spanwise.jetstream.redeliveries").counter().count())
        .isEqualTo(1);
  }

  private long ages() {
    return fixture.registry.get("spanwise.jetstream.message.age").timer().count();
  }

  @Test
  void aMessageThatIsGotByItsPlaceHasNoSpanThatWaits() throws Exception {
    fixture.publish("a", "b");
    JetStreamTelemetry ofOne =
        JetStreamTelemetry.builder(fixture.telemetry).maxUnsettledMessages(1).build();
    List<Message> batch = ofOne.wrap(bound()).fetch(2, WAIT);
    Message first = batch.get(0);
    assertThat(batch.stream().map(Message::getData)).hasSize(2);
    // The second would have been one too many to wait for.
    assertThat(fixture.named(PROCESS)).isEmpty();

    first.ack();
    assertThat(settlement(fixture.processed())).isEqualTo("ack");
  }

  @Test
  void aPolicyThatIsToldMakesSpansWaitForTheSettlement() throws Exception {
    fixture.publish("a", "b");
    ConsumerContext plain = fixture.plain.getConsumerContext("ORDERS", "projector");
    List<Message> taken = new ArrayList<>();
    fixture.jetStream.handler(taken::add, AckPolicy.Explicit).onMessage(plain.next(WAIT));
    fixture.jetStream.process(plain.next(WAIT), AckPolicy.Explicit, taken::add);

    assertThat(fixture.named(PROCESS)).isEmpty();
    assertThat(unsettled()).isEqualTo(2);
    taken.forEach(Message::ack);
    assertThat(fixture.named(PROCESS))
        .hasSize(2)
        .allSatisfy(span -> assertThat(settlement(span)).isEqualTo("ack"));
    assertThat(unsettled()).isZero();
  }

  @Test
  void aMessageThatNobodySettlesEndsWithItsRedeliveryAndIsCountedOnce() throws Exception {
    fixture.publish("a", "b");
    Message first = projector.next(WAIT);
    Message second = projector.next(WAIT);
    assertThat(unsettled()).isEqualTo(2);
    second.ack();
    Message again = projector.next(WAIT);

    assertThat(again.metaData().deliveredCount()).isEqualTo(2);
    assertThat(unsettled()).isEqualTo(1);
    assertThat(fixture.named(PROCESS))
        .extracting(JetStreamFixture::settlement)
        .containsExactly("ack", "none");
    SpanData abandoned = fixture.named(PROCESS).get(1);
    assertThat(abandoned.getEndEpochNanos() - abandoned.getStartEpochNanos())
        .as("ends when the next was asked for, not at the redelivery a second later")
        .isLessThan(Duration.ofMillis(900).toNanos());
    again.ack();
    first.ack();
    assertThat(unsettled()).isZero();
    assertThat(fixture.named(PROCESS)).hasSize(3);
  }

  @Test
  void theOldestUnsettledMessagesGiveWayAtTheBound() throws Exception {
    fixture.publish("a", "b", "c");
    ConsumerContext consumer =
        JetStreamTelemetry.builder(fixture.telemetry)
            .maxUnsettledMessages(2)
            .build()
            .wrap(fixture.plain.getConsumerContext("ORDERS", "projector"));
    assertThat(consumer.next(WAIT)).isNotNull();
    assertThat(consumer.next(WAIT)).isNotNull();
    Message newest = consumer.next(WAIT);

    assertThat(settlement(fixture.processed())).isEqualTo("none");
    assertThat(unsettled()).isEqualTo(2);
    newest.ack();
  }

  @Test
  void aMessageThatIsGivenUpWhileItsHandlerRunsEndsWithTheHandler() throws Exception {
    fixture.publish("a", "b");
    ConsumerContext plain = fixture.plain.getConsumerContext("ORDERS", "projector");
    JetStreamTelemetry ofOne =
        JetStreamTelemetry.builder(fixture.telemetry).maxUnsettledMessages(1).build();
    Message second = plain.next(WAIT);

    ofOne.process(
        plain.next(WAIT),
        first -> {
          ofOne.process(second, Message::ack);
          assertThat(fixture.named(PROCESS)).hasSize(1);
        });

    assertThat(fixture.named(PROCESS))
        .extracting(JetStreamFixture::settlement)
        .containsExactly("ack", "none");
  }

  @Test
  void messagesThatNeedNoAcknowledgementHaveSpansThatEndWhereABatchIsIterated() throws Exception {
    List<Message> batch = unacknowledged();
    Message first = batch.get(0);
    assertThat(batch.stream().map(Message::getData)).hasSize(2);
    assertThat(fixture.registry.find("spanwise.jetstream.message.age").timer()).isNull();
    for (Message message : batch) {
      assertThat(message.getSubject()).isEqualTo(first.getSubject());
    }

    assertThat(fixture.named(PROCESS)).hasSize(2);
    assertThat(fixture.registry.get("spanwise.jetstream.message.age").timer().count()).isEqualTo(2);
  }

  private List<Message> unacknowledged() throws Exception {
    fixture.publish("a", "b");
    ConsumerConfiguration configuration =
        ConsumerConfiguration.builder().durable("viewer").ackPolicy(AckPolicy.None).build();
    return fixture
        .wrapped()
        .jetStream()
        .subscribe(
            JetStreamFixture.SUBJECT,
            PullSubscribeOptions.builder().stream("ORDERS").configuration(configuration).build())
        .fetch(2, WAIT);
  }

  @Test
  void anAcknowledgementOfAllSettlesThoseBefore() throws Exception {
    fixture.consumer(
        ConsumerConfiguration.builder().durable("cumulative").ackPolicy(AckPolicy.All).build());
    fixture.publish("a", "b", "c");
    ConsumerContext consumer = fixture.wrapped().getConsumerContext("ORDERS", "cumulative");
    assertThat(consumer.next(WAIT)).isNotNull();
    assertThat(consumer.next(WAIT)).isNotNull();
    consumer.next(WAIT).ack();

    assertThat(fixture.named(PROCESS))
        .hasSize(3)
        .allSatisfy(span -> assertThat(settlement(span)).isEqualTo("ack"));
    assertThat(unsettled()).isZero();
  }

  @Test
  void messagesOfAnOrderedConsumerAreDoneWhenTheNextIsAskedFor() throws Exception {
    fixture.publish("a", "b");
    IterableConsumer loop =
        fixture
            .wrapped()
            .getStreamContext("ORDERS")
            .createOrderedConsumer(new OrderedConsumerConfiguration())
            .iterate();
    assertThat(loop.nextMessage(WAIT)).isNotNull();
    assertThat(loop.nextMessage(WAIT)).isNotNull();
    assertThat(settlement(fixture.processed())).isEqualTo("none");
    loop.stop();
    assertThat(fixture.named(PROCESS)).hasSize(2);
  }

  @Test
  void anUnacknowledgedMessageOfALoopThatWasLeftIsDoneWhenItsThreadTakesTheNext() throws Exception {
    fixture.publish("a", "b");
    fixture.consumer(
        ConsumerConfiguration.builder().durable("viewer").ackPolicy(AckPolicy.None).build());
    assertThat(fixture.wrapped().getConsumerContext("ORDERS", "viewer").next(WAIT)).isNotNull();
    assertThat(fixture.named(PROCESS)).isEmpty();
    assertThat(fixture.wrapped().getConsumerContext("ORDERS", "viewer").next(WAIT)).isNotNull();

    assertThat(settlement(fixture.processed())).isEqualTo("none");
  }

  @Test
  void anUnacknowledgedMessageOfALoopThatWasLeftIsDoneWhenTimeIsUp() throws Exception {
    fixture.publish("a");
    fixture.consumer(
        ConsumerConfiguration.builder().durable("viewer").ackPolicy(AckPolicy.None).build());
    JetStreamTelemetry impatient =
        JetStreamTelemetry.builder(fixture.telemetry).unsettledFor(Duration.ofMillis(100)).build();
    ConsumerContext consumer = impatient.wrap(fixture.plain.getConsumerContext("ORDERS", "viewer"));
    assertThat(consumer.next(WAIT)).isNotNull();

    assertThat(settlement(fixture.processed())).isEqualTo("none");
  }

  @Test
  void theGaugeShowsWhatTheConsumerHasStillToBeSent() throws Exception {
    fixture.publish("a", "b", "c");
    projector.next(WAIT).ack();

    Gauge pending = fixture.registry.get("spanwise.jetstream.consumer.pending").gauge();
    assertThat(pending.value()).isEqualTo(2);
    assertThat(pending.getId().getTag("messaging.consumer.group.name")).isEqualTo("projector");
  }

  private double unsettled() {
    return fixture.registry.get("spanwise.jetstream.consumer.ack_pending").gauge().value();
  }
}
