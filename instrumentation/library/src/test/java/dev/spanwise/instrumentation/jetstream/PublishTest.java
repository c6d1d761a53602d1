package dev.spanwise.instrumentation.jetstream;

import static dev.spanwise.instrumentation.jetstream.JetStreamFixture.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.JetStream;
import io.nats.client.Message;
import io.nats.client.PublishOptions;
import io.nats.client.api.PublishAck;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PublishTest {
  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final byte[] BODY = {1, 2, 3};
  private static final String TRACEPARENT = "traceparent";

  private JetStreamFixture fixture;
  private JetStream jetStream;

  @BeforeEach
  void start() throws Exception {
    fixture = new JetStreamFixture();
    jetStream = fixture.wrapped().jetStream();
  }

  @AfterEach
  void stop() throws Exception {
    fixture.close();
  }

  private Headers stored(long sequence) throws Exception {
    return fixture.plain.jetStreamManagement().getMessage("ORDERS", sequence).getHeaders();
  }

  @Test
  void everyFormSendsTheContextOfItsOwnSpan() throws Exception {
    Headers headers = new Headers().add("kind", "limit");
    Message message = NatsMessage.builder().subject(SUBJECT).headers(headers).data(BODY).build();
    PublishOptions options = PublishOptions.builder().messageId("one").build();
    jetStream.publish(SUBJECT, BODY);
    jetStream.publish(SUBJECT, (Headers) null, BODY);
    jetStream.publish(SUBJECT, new Headers(headers, true), BODY);
    jetStream.publish(SUBJECT, headers, BODY, options);
    jetStream.publish(message);
    jetStream.publishAsync(SUBJECT, BODY).get(5, TimeUnit.SECONDS);
    jetStream.publishAsync(message, PublishOptions.builder().build()).get(5, TimeUnit.SECONDS);

    assertThat(fixture.named("publish ORDERS")).hasSize(7);
    for (int i = 0; i < 7; i++) {
      assertThat(stored(i + 1).getFirst(TRACEPARENT))
          .contains(fixture.named("publish ORDERS").get(i).getSpanId());
    }
    assertThat(stored(4).getFirst("Nats-Msg-Id")).isEqualTo("one");
    assertThat(stored(5).getFirst("kind")).isEqualTo("limit");
    assertThat(headers.keySet()).containsExactly("kind");
    assertThat(message.getHeaders().keySet()).containsExactly("kind");
  }

  @Test
  void whatDependsOnAFutureRunsInThePublishersContext() throws Exception {
    Span request = fixture.sdk.getTracer("test").spanBuilder("request").startSpan();
    CountDownLatch dependent = new CountDownLatch(1);
    fixture.answer(
        "held",
        () -> {
          dependent.await();
          return "{\"stream\":\"HELD\",\"seq\":1}";
        });
    CompletableFuture<Thread> done;
    AtomicReference<Span> seen = new AtomicReference<>();
    try (Scope scope = request.makeCurrent()) {
      assertThat(scope).isNotNull();
      done =
          jetStream
              .publishAsync("held", BODY)
              .thenApply(
                  acknowledgement -> {
                    seen.set(Span.current());
                    return Thread.currentThread();
                  });
    }
    dependent.countDown();

    assertThat(done).succeedsWithin(WAIT).isNotSameAs(Thread.currentThread());
    assertThat(seen.get()).isSameAs(request);
    assertThat(fixture.named("publish HELD")).hasSize(1);
  }

  @Test
  void aMessageThatNoStreamTakesFailsAsItDoesWithoutUs() throws Exception {
    assertThatThrownBy(() -> jetStream.publish("elsewhere", BODY)).isInstanceOf(IOException.class);
    assertThat(jetStream.publishAsync("elsewhere", BODY)).failsWithin(WAIT);

    assertThat(fixture.named("publish"))
        .hasSize(2)
        .allSatisfy(
            span -> {
              assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
              assertThat(span.getEvents()).hasSize(1);
            });
  }

  @Test
  void wrongArgumentsAreRefusedByJnats() {
    assertThatIllegalArgumentException().isThrownBy(() -> jetStream.publish((Message) null));
    assertThatIllegalArgumentException().isThrownBy(() -> jetStream.publish("a b", BODY));
  }

  @Test
  // The limit's older name, which jnats 2.17.2 knows as well.
  @SuppressWarnings("deprecation")
  void aMessageThatFillsTheStreamsLimitIsStoredWithoutContext() throws Exception {
    fixture
        .plain
        .jetStreamManagement()
        .addStream(
            StreamConfiguration.builder().name("SMALL").subjects("small").maxMsgSize(16).build());
    PublishAck sync = jetStream.publish("small", new byte[16]);
    PublishAck async = jetStream.publishAsync("small", new byte[16]).get(5, TimeUnit.SECONDS);

    assertThat(sync.getSeqno()).isEqualTo(1);
    assertThat(async.getSeqno()).isEqualTo(2);
    assertThat(fixture.named("publish SMALL"))
        .hasSize(2)
        .allSatisfy(
            span -> assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET));
    assertThatThrownBy(() -> jetStream.publish("small", new byte[17]))
        .hasMessageContaining("10054");
  }

  @Test
  void aMessageThatFillsTheServersLimitIsSentWithoutContext() throws Exception {
    int maxPayload = (int) fixture.plain.getMaxPayload();

    assertThat(jetStream.publish(SUBJECT, new byte[maxPayload]).getSeqno()).isEqualTo(1);
    assertThat(stored(1)).isNull();
  }
}
