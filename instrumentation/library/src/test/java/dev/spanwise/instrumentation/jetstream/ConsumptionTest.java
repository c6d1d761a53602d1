package dev.spanwise.instrumentation.jetstream;

import static dev.spanwise.instrumentation.jetstream.JetStreamFixture.SUBJECT;
import static dev.spanwise.instrumentation.jetstream.JetStreamFixture.settlement;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import io.nats.client.Connection;
import io.nats.client.ConsumeOptions;
import io.nats.client.Dispatcher;
import io.nats.client.FetchConsumer;
import io.nats.client.IterableConsumer;
import io.nats.client.JetStreamReader;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.MessageConsumer;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.Iterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each way to take messages gives one trace: request, publish, process, work. */
class ConsumptionTest {
  private static final Duration WAIT = Duration.ofSeconds(10);

  private JetStreamFixture fixture;
  private Connection connection;

  @BeforeEach
  void start() throws Exception {
    fixture = new JetStreamFixture();
    fixture.consumer(fixture.push("pushed", AckPolicy.Explicit).build());
    connection = fixture.wrapped();
  }

  @AfterEach
  void expectOneTrace() throws Exception {
    SpanData process = fixture.processed();
    SpanData publish = fixture.named("publish ORDERS").get(0);
    assertThat(publish.getKind()).isEqualTo(SpanKind.PRODUCER);
    assertThat(publish.getParentSpanId()).isEqualTo(fixture.named("request").get(0).getSpanId());
    assertThat(process.getKind()).isEqualTo(SpanKind.CONSUMER);
    assertThat(process.getParentSpanId()).isEqualTo(publish.getSpanId());
    assertThat(fixture.named("work").get(0).getParentSpanId()).isEqualTo(process.getSpanId());
    assertThat(settlement(process)).isEqualTo("ack");
    assertThat(process.getAttributes().get(SpanwiseAttributes.SPANWISE_JETSTREAM_STREAM_SEQUENCE))
        .isEqualTo(1L);
    assertThat(process.getAttributes().get(SpanwiseAttributes.SPANWISE_JETSTREAM_DELIVERY_COUNT))
        .as("a delivery that was lost would come a second time")
        .isEqualTo(1L);
    assertThat(process.getAttributes().get(SpanwiseAttributes.MESSAGING_DESTINATION_NAME))
        .isEqualTo(SUBJECT);
    assertThat(Span.current()).isSameAs(Span.getInvalid());
    fixture.close();
  }

  private void settle(Message message) {
    fixture.jetStream.process(message, this::handle);
  }

  private void handle(Message message) {
    fixture.work();
    message.ack();
  }

  @Test
  void next() throws Exception {
    fixture.publish("a");
    settle(connection.getConsumerContext("ORDERS", "projector").next(WAIT));
  }

  @Test
  void fetchMessages() throws Exception {
    fixture.publish("a");
    FetchConsumer batch =
        connection.getStreamContext("ORDERS").getConsumerContext("projector").fetchMessages(1);
    for (Message message = batch.nextMessage(); message != null; message = batch.nextMessage()) {
      settle(message);
    }
  }

  @Test
  void iterate() throws Exception {
    fixture.publish("a");
    IterableConsumer loop =
        connection.jetStream().getConsumerContext("ORDERS", "projector").iterate();
    settle(loop.nextMessage(WAIT));
    loop.stop();
  }

  @Test
  void consume() throws Exception {
    fixture.publish("a");
    MessageConsumer consuming =
        connection
            .getConsumerContext("ORDERS", "projector")
            .consume(ConsumeOptions.builder().batchSize(10).build(), this::handle);
    assertThat(fixture.processed()).isNotNull();
    consuming.stop();
  }

  @Test
  void pushedToAHandlerThatJnatsAcknowledgesFor() throws Exception {
    Dispatcher dispatcher = connection.createDispatcher();
    JetStreamSubscription subscription =
        connection
            .jetStream()
            .subscribe(
                SUBJECT,
                dispatcher,
                message -> fixture.work(),
                true,
                PushSubscribeOptions.builder().stream("ORDERS")
                    .durable("pushed")
                    .bind(true)
                    .configuration(
                        ConsumerConfiguration.builder().ackPolicy(AckPolicy.Explicit).build())
                    .build());
    // Not before: jnats subscribes first, then registers the handler, and drops what comes between.
    fixture.publish("a");
    assertThat(fixture.processed()).isNotNull();
    dispatcher.unsubscribe(subscription);
  }

  @Test
  void pushedAndAskedFor() throws Exception {
    fixture.publish("a");
    settle(
        connection
            .jetStream()
            .subscribe(SUBJECT, PushSubscribeOptions.bind("ORDERS", "pushed"))
            .nextMessage(WAIT));
  }

  @Test
  void pulledInABatch() throws Exception {
    fixture.publish("a");
    for (Message message : pulling().fetch(1, WAIT)) {
      settle(message);
    }
  }

  @Test
  void pulledInALoop() throws Exception {
    fixture.publish("a");
    Iterator<Message> messages = pulling().iterate(1, WAIT);
    while (messages.hasNext()) {
      settle(messages.next());
    }
  }

  @Test
  void pulledByAReader() throws Exception {
    fixture.publish("a");
    JetStreamReader reader = pulling().reader(10, 5);
    settle(reader.nextMessage(WAIT));
    reader.stop();
  }

  @Test
  void takenFromASubscriptionThatAloneIsWrapped() throws Exception {
    fixture.publish("a");
    JetStreamSubscription plain =
        fixture
            .plain
            .jetStream()
            .subscribe(SUBJECT, PullSubscribeOptions.bind("ORDERS", "projector"));
    plain.pull(1);
    settle(fixture.jetStream.wrap(plain).nextMessage(WAIT));
  }

  @Test
  void processedByTheApplicationsOwnHook() throws Exception {
    fixture.publish("a");
    Message message = fixture.plain.getConsumerContext("ORDERS", "projector").next(WAIT);
    fixture.jetStream.process(message, this::handle);
  }

  private JetStreamSubscription pulling() throws Exception {
    return connection
        .jetStream()
        .subscribe(SUBJECT, PullSubscribeOptions.bind("ORDERS", "projector"));
  }
}
