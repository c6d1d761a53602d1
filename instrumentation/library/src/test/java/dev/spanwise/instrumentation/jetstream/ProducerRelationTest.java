package dev.spanwise.instrumentation.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.ConsumerContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProducerRelationTest {
  private static final Duration WAIT = Duration.ofSeconds(10);

  private JetStreamFixture fixture;

  @BeforeEach
  void publish() throws Exception {
    fixture = new JetStreamFixture();
    fixture.publish("a");
  }

  @AfterEach
  void stop() throws Exception {
    fixture.close();
  }

  @Test
  void aLinkStartsATraceOfItsOwn() throws Exception {
    ConsumerContext consumer =
        JetStreamTelemetry.builder(fixture.telemetry)
            .producerRelation(ProducerRelation.LINK)
            .build()
            .wrap(fixture.plain.getConsumerContext("ORDERS", "projector"));
    consumer.next(WAIT).ack();

    SpanData process = fixture.processed();
    SpanData publish = fixture.named("publish ORDERS").get(0);
    assertThat(process.getTraceId()).isNotEqualTo(publish.getTraceId());
    assertThat(process.getParentSpanContext().isValid()).isFalse();
    assertThat(process.getLinks())
        .singleElement()
        .satisfies(
            link -> assertThat(link.getSpanContext().getSpanId()).isEqualTo(publish.getSpanId()));
  }

  @Test
  void aParentLinksToTheSpanThatSurroundsTheLoop() throws Exception {
    Span job = fixture.sdk.getTracer("test").spanBuilder("job").startSpan();
    try (Scope scope = job.makeCurrent()) {
      assertThat(scope).isNotNull();
      fixture.wrapped().getConsumerContext("ORDERS", "projector").next(WAIT).ack();
      assertThat(Span.current()).isSameAs(job);
    }

    SpanData process = fixture.processed();
    assertThat(process.getParentSpanId())
        .isEqualTo(fixture.named("publish ORDERS").get(0).getSpanId());
    assertThat(process.getLinks())
        .singleElement()
        .satisfies(link -> assertThat(link.getSpanContext()).isEqualTo(job.getSpanContext()));
  }
}
