package dev.spanwise.instrumentation.jetstream;

import static dev.spanwise.instrumentation.jetstream.JetStreamFixture.SUBJECT;
import static dev.spanwise.instrumentation.jetstream.JetStreamFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.nats.client.Connection;
import io.nats.client.ConsumeOptions;
import io.nats.client.ConsumerContext;
import io.nats.client.IterableConsumer;
import io.nats.client.JetStream;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.MessageConsumer;
import io.nats.client.MessageHandler;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real server that goes away while it is published to and consumed from, and comes back. */
@SuppressWarnings("try") // nobody interrupts a consumer of jnats while it closes
class ServerRestartTest {
  private static final byte[] BODY = {1};

  /** jnats pulls anew when the pull that the old server took with it has expired. */
  private static final int PULL_MILLIS = 1_000;

  private static final ConsumeOptions PULLS =
      ConsumeOptions.builder().expiresIn(PULL_MILLIS).build();

  private final AtomicInteger handled = new AtomicInteger();
  private final MessageHandler handler =
      message -> {
        handled.incrementAndGet();
        message.ack();
      };
  private JetStreamFixture fixture;
  private Connection wrapped;

  @BeforeEach
  void start() throws Exception {
    fixture = new JetStreamFixture();
    wrapped = fixture.wrapped();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private ConsumerContext consumer() throws Exception {
    return wrapped.getConsumerContext("ORDERS", "projector");
  }

  private void restart() {
    fixture.server.stop();
    fixture.server.startAgain();
    await(this::isPublished);
  }

  private boolean isPublished() {
    try {
      fixture.publish("after");
      return true;
    } catch (Exception e) {
      return false;
    }
  }

  @Test
  void publishingToAServerThatIsAwayFailsAsItDoesWithoutUsAndThenGoesOn() throws Exception {
    JetStream plain = fixture.plain.jetStream();
    JetStream jetStream = wrapped.jetStream();
    fixture.server.stop();

    Throwable expected = catchThrowable(() -> plain.publish(SUBJECT, BODY));
    assertThat(catchThrowable(() -> jetStream.publish(SUBJECT, BODY)))
        .hasSameClassAs(expected)
        .hasMessage(expected.getMessage());
    Throwable expectedLater = failure(plain);
    assertThat(failure(jetStream))
        .hasSameClassAs(expectedLater)
        .hasMessage(expectedLater.getMessage());

    assertThat(fixture.named("publish"))
        .hasSize(2)
        .allMatch(span -> span.getStatus().getStatusCode() == StatusCode.ERROR)
        .allMatch(span -> span.getEvents().size() == 1);
    assertThat(Context.current()).isSameAs(Context.root());

    fixture.server.startAgain();
    await(this::isPublished);
    assertThat(fixture.named("publish ORDERS")).hasSize(1);
  }

  private static Throwable failure(JetStream jetStream) {
    Throwable thrown =
        catchThrowable(() -> jetStream.publishAsync(SUBJECT, BODY).get(60, TimeUnit.SECONDS));
    assertThat(thrown).isInstanceOf(ExecutionException.class);
    return Objects.requireNonNull(thrown.getCause());
  }

  @Test
  void aHandlerGoesOnBeingHandedMessages() throws Exception {
    try (MessageConsumer consuming = consumer().consume(PULLS, handler)) {
      fixture.publish("before");
      await(() -> handled.get() == 1);

      restart();

      await(() -> handled.get() >= 2);
      assertThat(consuming.isStopped()).isFalse();
    }
    await(() -> fixture.named("process ORDERS").size() >= 2);
  }

  @Test
  void aPushedSubscriptionGoesOn() throws Exception {
    fixture.consumer(fixture.push("push", AckPolicy.Explicit).build());
    wrapped
        .jetStream()
        .subscribe(
            SUBJECT,
            wrapped.createDispatcher(),
            handler,
            false,
            PushSubscribeOptions.bind("ORDERS", "push"));
    fixture.publish("before");
    await(() -> handled.get() == 1);

    restart();

    await(() -> handled.get() >= 2);
    await(() -> fixture.named("process ORDERS").size() >= 2);
  }

  @Test
  void aLoopGoesOnAndTheMessageInHandIsStillSettled() throws Exception {
    fixture.publish("before");
    try (IterableConsumer loop = consumer().iterate(PULLS)) {
      Message inHand = next(loop);
      restart();
      inHand.ack();
      next(loop).ack();
    }
    assertThat(fixture.named("process ORDERS"))
        .extracting(JetStreamFixture::settlement)
        .containsExactly("ack", "ack");
    await(this::isFirstSettled);
    assertThat(Context.current()).isSameAs(Context.root());
  }

  private boolean isFirstSettled() {
    try {
      return fixture
              .plain
              .jetStreamManagement()
              .getConsumerInfo("ORDERS", "projector")
              .getAckFloor()
              .getStreamSequence()
          >= 1;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Message next(IterableConsumer loop) throws Exception {
    Message[] next = new Message[1];
    await(() -> (next[0] = asked(loop)) != null);
    return next[0];
  }

  private static @Nullable Message asked(IterableConsumer loop) {
    try {
      return loop.nextMessage(100);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aBatchOfAServerThatIsAwayIsEmptyAndTheNextIsFetched() throws Exception {
    JetStreamSubscription batches =
        wrapped.jetStream().subscribe(SUBJECT, PullSubscribeOptions.bind("ORDERS", "projector"));
    fixture.publish("before");
    await(() -> takes(batches));

    fixture.server.stop();
    assertThat(batches.fetch(1, PULL_MILLIS)).isEmpty();
    fixture.server.startAgain();
    await(this::isPublished);

    await(() -> takes(batches));
    await(() -> fixture.named("process ORDERS").size() >= 2);
    assertThat(Context.current()).isSameAs(Context.root());
  }

  private static boolean takes(JetStreamSubscription batches) {
    List<Message> batch = batches.fetch(1, PULL_MILLIS);
    batch.forEach(Message::ack);
    return !batch.isEmpty();
  }
}
