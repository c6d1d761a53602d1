package dev.spanwise.instrumentation.jetstream;

import static dev.spanwise.instrumentation.jetstream.JetStreamFixture.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.instrumentation.telemetry.MalformedContext;
import io.nats.client.ConsumerContext;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What others send is nobody's error here: the message reaches the application as it is. */
class MalformedMessageTest {
  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final byte[] BODY = {1, 2, 3};

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
  void headersThatNameNoTraceGiveASpanWithoutParentAndWhatIsPublishedThenIsSent() throws Exception {
    ConsumerContext consumer = fixture.wrapped().getConsumerContext("ORDERS", "projector");
    for (Map<String, String> context : MalformedContext.withoutTrace()) {
      fixture.spans.reset();
      Headers headers = new Headers();
      context.forEach(headers::add);
      fixture.plain.jetStream().publish(SUBJECT, headers, BODY);
      Message message = consumer.next(WAIT);
      List<Long> stored = new ArrayList<>();
      fixture.jetStream.process(
          message,
          received ->
              stored.add(fixture.wrapped().jetStream().publish("orders.copy", BODY).getSeqno()));
      message.ackSync(WAIT);

      SpanData processed = fixture.processed();
      assertThat(message.getData()).isEqualTo(BODY);
      assertThat(stored).hasSize(1);
      assertThat(processed.getParentSpanContext().isValid()).as("%s", context).isFalse();
      assertThat(fixture.named("publish ORDERS"))
          .singleElement()
          .extracting(SpanData::getParentSpanId)
          .isEqualTo(processed.getSpanId());
      assertThat(Span.current().getSpanContext().isValid()).isFalse();
    }
  }

  @Test
  void aTraceIsReadWhateverComesBesideIt() throws Exception {
    ConsumerContext consumer = fixture.wrapped().getConsumerContext("ORDERS", "projector");
    for (Map<String, String> context : MalformedContext.besideATrace()) {
      fixture.spans.reset();
      Headers headers = new Headers();
      context.forEach(headers::add);
      fixture.plain.jetStream().publish(SUBJECT, headers, BODY);
      consumer.next(WAIT).ackSync(WAIT);

      assertThat(fixture.processed().getTraceId())
          .as("%s", context)
          .isEqualTo(MalformedContext.TRACE_ID);
    }
  }
}
