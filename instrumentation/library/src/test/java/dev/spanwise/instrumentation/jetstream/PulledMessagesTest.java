package dev.spanwise.instrumentation.jetstream;

import static dev.spanwise.instrumentation.jetstream.JetStreamFixture.SUBJECT;
import static dev.spanwise.instrumentation.jetstream.JetStreamFixture.await;
import static dev.spanwise.instrumentation.jetstream.JetStreamFixture.settlement;
import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Connection;
import io.nats.client.ConsumerContext;
import io.nats.client.IterableConsumer;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.Iterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is current on the thread that asks for messages. */
class PulledMessagesTest {
  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final String PROCESS = "process ORDERS";

  private JetStreamFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = new JetStreamFixture();
  }

  @AfterEach
  void stop() throws Exception {
    fixture.close();
  }

  /** Chosen to be current. */
  private Connection current() {
    return JetStreamTelemetry.builder(fixture.telemetry)
        .pulledMessagesCurrent(true)
        .unsettledFor(Duration.ofMillis(500))
        .build()
        .wrap(fixture.plain);
  }

  private static JetStreamSubscription subscription(Connection connection) throws Exception {
    return connection
        .jetStream()
        .subscribe(SUBJECT, PullSubscribeOptions.bind("ORDERS", "projector"));
  }

  @Test
  void loopsThatAreLeftWithUnsettledMessagesLeaveTheCallersContextAlone() throws Exception {
    fixture.publish("a", "b", "c", "d");
    Connection connection = fixture.wrapped();
    ConsumerContext consumer = connection.getConsumerContext("ORDERS", "projector");
    Span job = fixture.sdk.getTracer("test").spanBuilder("job").startSpan();
    try (Scope scope = job.makeCurrent()) {
      assertThat(scope).isNotNull();
      assertThat(consumer.next(WAIT)).isNotNull();
      assertThat(Span.current()).isSameAs(job);
      for (Message message : subscription(connection).fetch(1, WAIT)) {
        assertThat(message).isNotNull();
        assertThat(Span.current()).isSameAs(job);
        break;
      }
      Iterator<Message> messages = subscription(connection).iterate(1, WAIT);
      assertThat(messages.hasNext()).isTrue();
      assertThat(messages.next()).isNotNull();
      IterableConsumer loop = consumer.iterate();
      assertThat(loop.nextMessage(WAIT)).isNotNull();
      assertThat(Span.current()).isSameAs(job);
      loop.stop();
    }
    assertThat(Span.current()).isSameAs(Span.getInvalid());
  }

  @Test
  void aMessageOfALoopIsProcessedWithItsSpanCurrent() throws Exception {
    fixture.publish("a");
    for (Message message : subscription(fixture.wrapped()).fetch(1, WAIT)) {
      fixture.jetStream.process(message, taken -> fixture.work());
      assertThat(Span.current()).isSameAs(Span.getInvalid());
      message.ack();
    }
    assertThat(fixture.named("work").get(0).getParentSpanId())
        .isEqualTo(fixture.processed().getSpanId());
  }

  @Test
  void whereChosenTheSpanOfEachMessageIsCurrentUntilItIsSettled() throws Exception {
    fixture.publish("a", "b", "c");
    Message next = current().getConsumerContext("ORDERS", "projector").next(WAIT);
    workAndSettle(next);
    for (Message message : subscription(current()).fetch(1, WAIT)) {
      workAndSettle(message);
    }
    Iterator<Message> messages = subscription(current()).iterate(1, WAIT);
    assertThat(messages.hasNext()).isTrue();
    workAndSettle(messages.next());

    assertThat(fixture.named("work"))
        .extracting(SpanData::getParentSpanId)
        .containsExactlyElementsOf(
            fixture.named(PROCESS).stream().map(SpanData::getSpanId).toList());
  }

  private void workAndSettle(Message message) {
    fixture.work();
    message.ack();
    assertThat(Span.current()).isSameAs(Span.getInvalid());
  }

  @Test
  void whereChosenALoopThatIsLeftKeepsNeitherSpanNorScope() throws Exception {
    fixture.publish("a");
    assertThat(current().getConsumerContext("ORDERS", "projector").next(WAIT)).isNotNull();
    assertThat(Span.current().getSpanContext().isValid()).isTrue();

    await(() -> !fixture.named(PROCESS).isEmpty());

    assertThat(settlement(fixture.processed())).isEqualTo("none");
    assertThat(Span.current()).isSameAs(Span.getInvalid());
    await(() -> fixture.registry.find("spanwise.jetstream.consumer.pending").gauge() == null);
    assertThat(fixture.registry.find("spanwise.jetstream.consumer.ack_pending").gauge()).isNull();
    current().getConsumerContext("ORDERS", "projector").next(WAIT).ack();
    assertThat(Context.current()).isSameAs(Context.root());
  }

  @Test
  void whereChosenALoopWithinAMessagesProcessingGivesItsSpanBack() throws Exception {
    fixture.publish("a", "b");
    Message first = current().getConsumerContext("ORDERS", "projector").next(WAIT);
    Span firsts = Span.current();
    Message second = current().getConsumerContext("ORDERS", "projector").next(WAIT);
    assertThat(Span.current()).isNotSameAs(firsts);
    second.ack();

    assertThat(Span.current()).isSameAs(firsts);
    first.ack();
    assertThat(Span.current()).isSameAs(Span.getInvalid());
  }
}
