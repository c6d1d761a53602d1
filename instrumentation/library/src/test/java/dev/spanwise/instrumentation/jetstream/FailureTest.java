package dev.spanwise.instrumentation.jetstream;

import static dev.spanwise.instrumentation.jetstream.JetStreamFixture.SUBJECT;
import static dev.spanwise.instrumentation.jetstream.JetStreamFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanwise.instrumentation.telemetry.Telemetry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.ConsumeOptions;
import io.nats.client.ConsumerContext;
import io.nats.client.Message;
import io.nats.client.MessageConsumer;
import io.nats.client.MessageHandler;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
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
  void malformedAndOversizedHeadersGiveASpanWithoutParent() throws Exception {
    Headers headers =
        new Headers()
            .add("traceparent", "00-zz-not-a-trace", "x".repeat(25_000))
            .add("tracestate", "=,".repeat(12_000));
    fixture.plain.jetStream().publish(SUBJECT, headers, BODY);
    fixture.wrapped().getConsumerContext("ORDERS", "projector").next(WAIT).ack();

    assertThat(fixture.processed().getParentSpanContext().isValid()).isFalse();
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
  void aTracerProviderThatWasClosedBreaksNothing() throws Exception {
    fixture.sdk.getSdkTracerProvider().shutdown().join(5, TimeUnit.SECONDS);

    roundTrip(fixture.telemetry);

    assertThat(fixture.spans.getFinishedSpanItems()).isEmpty();
  }

  @Test
  void aRegistryThatThrowsBreaksNothing() throws Exception {
    roundTrip(Telemetry.of(fixture.sdk, new BrokenRegistry()));

    assertThat(fixture.named("process ORDERS")).hasSize(1);
  }

  private void roundTrip(Telemetry telemetry) throws Exception {
    JetStreamTelemetry broken = JetStreamTelemetry.create(telemetry);
    assertThat(broken.wrap(fixture.plain.jetStream()).publish(SUBJECT, BODY).getSeqno())
        .isEqualTo(1);
    ConsumerContext consumer = broken.wrap(fixture.plain.getConsumerContext("ORDERS", "projector"));
    Message message = consumer.next(WAIT);
    assertThat(message.getData()).isEqualTo(BODY);
    message.ackSync(WAIT);
    assertThat(consumer.next(Duration.ofMillis(1_100))).isNull();
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
  void aServerThatIsRestartedGoesOnBeingConsumed() throws Exception {
    AtomicInteger handled = new AtomicInteger();
    MessageConsumer consuming =
        fixture
            .wrapped()
            .getConsumerContext("ORDERS", "projector")
            .consume(
                // jnats pulls again when the pull that the old server took with it has expired:
                // after 45 s and more by its default, wrapped or not.
                ConsumeOptions.builder().expiresIn(1_000).build(),
                message -> {
                  handled.incrementAndGet();
                  message.ack();
                });
    fixture.publish("a");
    await(() -> handled.get() == 1);
    fixture.server.stop();
    fixture.server.startAgain();
    await(this::published);
    await(() -> handled.get() >= 2);
    assertThat(consuming.isStopped()).isFalse();
    await(() -> fixture.named("process ORDERS").size() >= 2);
  }

  private boolean published() {
    try {
      fixture.publish("b");
      return true;
    } catch (Exception e) {
      return false;
    }
  }

  @Test
  void anAcknowledgementThatCannotBeSentFailsAsItDoesWithoutUs() throws Exception {
    fixture.publish("a");
    Message message = fixture.wrapped().getConsumerContext("ORDERS", "projector").next(WAIT);
    fixture.plain.close();

    assertThatThrownBy(message::ack).isInstanceOf(IllegalStateException.class);
    assertThat(Span.current()).isSameAs(Span.getInvalid());
  }

  private static final class BrokenRegistry extends SimpleMeterRegistry {
    @Override
    protected Counter newCounter(Meter.Id id) {
      throw new AssertionError("no counters today");
    }

    @Override
    protected <T> Gauge newGauge(Meter.Id id, @Nullable T object, ToDoubleFunction<T> value) {
      throw new IllegalStateException("no gauges today");
    }

    @Override
    protected Timer newTimer(
        Meter.Id id, DistributionStatisticConfig config, PauseDetector pauses) {
      throw new IllegalStateException("no timers today");
    }
  }
}
