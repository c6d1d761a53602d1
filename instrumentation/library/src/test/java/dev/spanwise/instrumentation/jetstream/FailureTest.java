package dev.spanwise.instrumentation.jetstream;

import static dev.spanwise.instrumentation.jetstream.JetStreamFixture.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.ConsumerContext;
import io.nats.client.Message;
import io.nats.client.MessageHandler;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.impl.NatsMessage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever fails, the application gets its message, and its own result or exception. */
class FailureTest {
  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final byte[] BODY = {1};

  private JetStreamFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = new JetStreamFixture();
  }

  @AfterEach
  void stop() throws Exception {
    fixture.close();
  }

  @Test
  void aMessageThatIsNotJetStreamsPassesAsItIs() throws Exception {
    Message message = NatsMessage.builder().subject("plain").data(BODY).build();
    AtomicInteger handled = new AtomicInteger();
    MessageHandler handler =
        fixture.jetStream.handler(
            received -> {
              assertThat(received).isSameAs(message);
              handled.incrementAndGet();
            });
    handler.onMessage(message);
    fixture.jetStream.process(message, received -> handled.incrementAndGet());

    assertThat(handled).hasValue(2);
    assertThat(fixture.spans.getFinishedSpanItems()).isEmpty();
  }

  @Test
  void aHandlersExceptionPassesOnUnchanged() throws Exception {
    fixture.publish("a");
    Message message = fixture.plain.getConsumerContext("ORDERS", "projector").next(WAIT);
    IllegalStateException thrown = new IllegalStateException("no such account");
    MessageHandler handler =
        fixture.jetStream.handler(
            received -> {
              throw thrown;
            });

    assertThatThrownBy(() -> handler.onMessage(message)).isSameAs(thrown);
    assertThat(fixture.processed().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
  }

  @Test
  void aHandlerThatIsStoppedIsNoError() throws Exception {
    fixture.publish("a", "b");
    MessageHandler interrupted =
        fixture.jetStream.handler(
            received -> {
              throw new InterruptedException("stop");
            });
    MessageHandler cancelled =
        fixture.jetStream.handler(
            received -> {
              throw new CancellationException("stop");
            });
    ConsumerContext plain = fixture.plain.getConsumerContext("ORDERS", "projector");
    assertThatThrownBy(() -> interrupted.onMessage(plain.next(WAIT)))
        .isInstanceOf(InterruptedException.class);
    assertThatThrownBy(() -> cancelled.onMessage(plain.next(WAIT)))
        .isInstanceOf(CancellationException.class);

    assertThat(fixture.named("process ORDERS"))
        .hasSize(2)
        .allSatisfy(
            span -> {
              assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
              assertThat(span.getEvents()).isEmpty();
            });
  }

  @Test
  void anIteratorThatIsNotAskedWhetherItHasANextGivesNullAsItDoesWithoutUs() throws Exception {
    fixture.publish("a");
    Iterator<Message> messages =
        fixture
            .wrapped()
            .jetStream()
            .subscribe(SUBJECT, PullSubscribeOptions.bind("ORDERS", "projector"))
            .iterate(1, WAIT);

    assertThat(messages.next()).isNull();
    assertThat(messages.hasNext()).isTrue();
    messages.next().ack();
    assertThat(fixture.processed()).isNotNull();
  }

  @Test
  void anAcknowledgementThatCannotBeSentFailsAsItDoesWithoutUs() throws Exception {
    fixture.publish("a");
    Message message = fixture.wrapped().getConsumerContext("ORDERS", "projector").next(WAIT);
    fixture.plain.close();

    assertThatThrownBy(message::ack).isInstanceOf(IllegalStateException.class);
    assertThat(Span.current()).isSameAs(Span.getInvalid());
  }
}
