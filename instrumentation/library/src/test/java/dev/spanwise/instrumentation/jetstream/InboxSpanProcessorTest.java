package dev.spanwise.instrumentation.jetstream;

import static dev.spanwise.instrumentation.jetstream.JetStreamFixture.SUBJECT;
import static dev.spanwise.instrumentation.jetstream.JetStreamFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.instrumentation.telemetry.Telemetry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.instrumentation.nats.v2_17.NatsTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With OpenTelemetry's own instrumentation of NATS around the same connection. */
class InboxSpanProcessorTest {
  private static final Duration WAIT = Duration.ofSeconds(10);

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
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
  void withoutItEveryReplyIsATraceOfItsOwn() throws Exception {
    publishAndConsume(processor -> processor);

    assertThat(ofInboxes()).as("%s", spans.getFinishedSpanItems()).isNotEmpty();
  }

  @Test
  void withItNoReplyIsATraceAndTheRealSpansAreOne() throws Exception {
    publishAndConsume(InboxSpanProcessor::wrap);

    assertThat(ofInboxes()).isEmpty();
    assertThat(spans.getFinishedSpanItems())
        .extracting(SpanData::getName)
        .contains("publish ORDERS", "process ORDERS");
    assertThat(spans.getFinishedSpanItems())
        .extracting(SpanData::getTraceId)
        .containsOnly(spans.getFinishedSpanItems().get(0).getTraceId());
  }

  @Test
  void theWorkOfAnApplicationThatListensOnAnInboxIsKept() throws Exception {
    OpenTelemetrySdk sdk = sdk(InboxSpanProcessor::wrap);
    Connection connection = connect(sdk);
    try {
      String inbox = connection.createInbox();
      Dispatcher dispatcher =
          connection.createDispatcher(
              message -> sdk.getTracer("test").spanBuilder("work").startSpan().end());
      dispatcher.subscribe(inbox);
      connection.flush(WAIT);
      fixture.plain.publish(inbox, new byte[] {1});
      await(() -> spans.getFinishedSpanItems().size() >= 2);

      assertThat(ofInboxes())
          .singleElement()
          .satisfies(
              span ->
                  assertThat(span.getSpanId())
                      .isEqualTo(spans.getFinishedSpanItems().get(0).getParentSpanId()));
    } finally {
      connection.close();
    }
  }

  @Test
  void aReplyWhoseStatusAloneSaysThatItFailedIsKept() {
    Span reply = reply(sdk(InboxSpanProcessor::wrap));
    reply.setStatus(StatusCode.ERROR);
    reply.end();

    assertThat(ofInboxes()).hasSize(1);
  }

  @Test
  void pastTheBoundTheOldestPassWhateverIsBelowThem() {
    OpenTelemetrySdk sdk = sdk(InboxSpanProcessor::wrap);
    Span oldest = reply(sdk);
    sdk.getTracer("test")
        .spanBuilder("work")
        .setParent(Context.root().with(oldest))
        .startSpan()
        .end();
    List<Span> others =
        Stream.generate(() -> reply(sdk)).limit(InboxSpanProcessor.MAX_OPEN).toList();
    oldest.end();
    others.forEach(Span::end);

    assertThat(ofInboxes())
        .extracting(SpanData::getSpanId)
        .containsExactly(oldest.getSpanContext().getSpanId());
  }

  @Test
  void aSpanThatStartsBelowAReplyThatHasEndedLeavesNothingBehind() {
    OpenTelemetrySdk sdk = sdk(InboxSpanProcessor::wrap);
    Span reply = reply(sdk);
    reply.end();
    sdk.getTracer("test")
        .spanBuilder("late")
        .setParent(Context.root().with(reply))
        .startSpan()
        .end();
    List<Span> others =
        Stream.generate(() -> reply(sdk)).limit(InboxSpanProcessor.MAX_OPEN).toList();
    others.forEach(Span::end);

    assertThat(ofInboxes()).isEmpty();
  }

  private static Span reply(OpenTelemetrySdk sdk) {
    return sdk.getTracer("test")
        .spanBuilder("process _INBOX.a")
        .setNoParent()
        .setSpanKind(SpanKind.CONSUMER)
        .setAttribute("messaging.system", "nats")
        .setAttribute("messaging.destination.name", "_INBOX.a")
        .startSpan();
  }

  private void publishAndConsume(UnaryOperator<SpanProcessor> processor) throws Exception {
    OpenTelemetrySdk sdk = sdk(processor);
    Connection connection = connect(sdk);
    try {
      connection.jetStream().publish(SUBJECT, new byte[] {1});
      connection.getConsumerContext("ORDERS", "projector").next(WAIT).ackSync(WAIT);
      // The reply's own span ends after the caller went on.
      connection.drain(WAIT).get();
    } finally {
      connection.close();
    }
  }

  private Connection connect(OpenTelemetrySdk sdk) throws Exception {
    Connection instrumented =
        NatsTelemetry.create(sdk)
            .newConnection(Options.builder().server(fixture.server.url()).build(), Nats::connect);
    return JetStreamTelemetry.create(Telemetry.of(sdk, new SimpleMeterRegistry()))
        .wrap(instrumented);
  }

  private OpenTelemetrySdk sdk(UnaryOperator<SpanProcessor> processor) {
    return OpenTelemetrySdk.builder()
        .setTracerProvider(
            SdkTracerProvider.builder()
                .addSpanProcessor(processor.apply(SimpleSpanProcessor.create(spans)))
                .build())
        .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
        .build();
  }

  private List<SpanData> ofInboxes() {
    return spans.getFinishedSpanItems().stream()
        .filter(span -> span.getName().contains("_INBOX") || span.getName().contains("(temporary)"))
        .toList();
  }
}
