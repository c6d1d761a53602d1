package dev.spanwise.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.testing.contract.application.Application;
import dev.spanwise.testing.contract.application.StreamApplication;
import dev.spanwise.testing.otlp.ExportedSpan;
import dev.spanwise.testing.otlp.MetricPoint;
import dev.spanwise.testing.server.NatsServer;
import dev.spanwise.testing.server.Servers;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A message is one trace from its publisher to whoever processes it, in whichever way.
 *
 * <p>A subclass is a {@code @ParameterizedClass} whose first argument says where the server runs.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class JetStreamContract {
  private static final AttributeKey<String> STREAM =
      AttributeKey.stringKey("spanwise.jetstream.stream");
  private static final AttributeKey<String> CONSUMER =
      AttributeKey.stringKey("messaging.consumer.group.name");
  private static final AttributeKey<String> SUBJECT =
      AttributeKey.stringKey("messaging.destination.name");
  private static final AttributeKey<String> SETTLEMENT =
      AttributeKey.stringKey("spanwise.jetstream.settlement");
  private static final AttributeKey<Long> DELIVERY =
      AttributeKey.longKey("spanwise.jetstream.delivery_count");

  /** Where the server runs. */
  @SuppressWarnings("NullAway.Init") // injected
  @Parameter(0)
  Servers servers;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private Exported exported;

  /** Runs the application instrumented. */
  protected abstract Exported run(
      Class<? extends Application> application, Map<String, String> settings) throws Exception;

  @BeforeParameterizedClassInvocation
  void runApplication() throws Exception {
    try (NatsServer server = servers.nats()) {
      exported = run(StreamApplication.class, Map.of("nats.url", server.url()));
    }
    assertThat(exported.output()).containsEntry("done", "true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fetch", "iterate", "next", "consume", "polls", "pushes", "managed"})
  void aMessageIsProcessedInTheTraceOfItsPublisher(String consumer) {
    ExportedSpan published = published(consumer);
    List<ExportedSpan> processed = exported.spansWith(CONSUMER, consumer);

    assertThat(published.name()).isEqualTo("publish ORDERS");
    assertThat(processed).hasSize(1);
    ExportedSpan span = processed.get(0);
    assertThat(span.name()).isEqualTo("process ORDERS");
    assertThat(span.kind()).isEqualTo(SpanKind.CONSUMER);
    assertThat(span.traceId()).isEqualTo(published.traceId());
    assertThat(span.parentSpanId()).isEqualTo(published.spanId());
    assertThat(span.attributes().get(STREAM)).isEqualTo("ORDERS");
    assertThat(span.attributes().get(SUBJECT)).isEqualTo("orders." + consumer);
    assertThat(span.attributes().get(SETTLEMENT)).isEqualTo("ack");
    assertThat(span.attributes().get(DELIVERY)).isEqualTo(1);
    assertThat(span.status()).isNotEqualTo(StatusCode.ERROR);
  }

  @Test
  void aMessageThatNoStreamWantsIsAnErrorOfItsPublisher() {
    assertThat(exported.spansWith(SUBJECT, "elsewhere"))
        .singleElement()
        .satisfies(
            span -> {
              assertThat(span.name()).isEqualTo("publish");
              assertThat(span.status()).isEqualTo(StatusCode.ERROR);
            });
  }

  @Test
  void whatALoopDoesForAMessageBelongsToTheMessage() {
    assertThat(published("followed").parentSpanId())
        .isEqualTo(exported.spansWith(CONSUMER, "fetch").get(0).spanId());
  }

  @Test
  void aRedeliveryIsASpanOfItsOwn() {
    assertThat(exported.spansWith(CONSUMER, "naks"))
        .extracting(
            span -> span.attributes().get(DELIVERY) + " " + span.attributes().get(SETTLEMENT))
        .containsExactlyInAnyOrder("1 nak", "2 ack");
    assertThat(exported.points("spanwise.jetstream.redeliveries"))
        .filteredOn(point -> "naks".equals(point.attributes().get(CONSUMER)))
        .extracting(point -> ((MetricPoint.Value) point).value())
        .containsExactly(1.0);
  }

  @Test
  void aMessageThatIsNeverWantedAgainIsAnError() {
    List<ExportedSpan> terminated = exported.spansWith(CONSUMER, "terms");

    assertThat(terminated).hasSize(1);
    assertThat(terminated.get(0).attributes().get(SETTLEMENT)).isEqualTo("term");
    assertThat(terminated.get(0).status()).isEqualTo(StatusCode.ERROR);
  }

  @Test
  void aHandlersExceptionIsAnErrorOnce() {
    List<ExportedSpan> failed = exported.spansWith(CONSUMER, "throws");

    assertThat(failed).hasSize(1);
    assertThat(failed.get(0).status()).isEqualTo(StatusCode.ERROR);
    assertThat(failed.get(0).events())
        .extracting(ExportedSpan.Event::name)
        .containsOnlyOnce("exception");
  }

  @Test
  void noSpanIsMadeOfRepliesAndSettlements() {
    assertThat(exported.spans())
        .extracting(ExportedSpan::name)
        .noneMatch(
            name ->
                name.contains("_INBOX")
                    || name.contains("$JS.ACK")
                    || name.contains("(temporary)"));
    assertThat(exported.spans())
        .filteredOn(span -> span.kind() == SpanKind.CONSUMER)
        .allMatch(span -> span.attributes().get(CONSUMER) != null);
  }

  @Test
  void ageAndDurationAreMeasuredForEachConsumer() {
    for (String metric :
        List.of("spanwise.jetstream.message.age", "spanwise.jetstream.process.duration")) {
      assertThat(exported.points(metric))
          .filteredOn(point -> "fetch".equals(point.attributes().get(CONSUMER)))
          .singleElement()
          .satisfies(
              point -> {
                assertThat(((MetricPoint.Distribution) point).count()).isEqualTo(1);
                assertThat(point.attributes().get(STREAM)).isEqualTo("ORDERS");
              });
    }
    assertThat(exported.points("spanwise.jetstream.consumer.pending"))
        .anyMatch(point -> "fetch".equals(point.attributes().get(CONSUMER)));
  }

  private ExportedSpan published(String consumer) {
    return exported.spansWith(SUBJECT, "orders." + consumer).stream()
        .filter(span -> span.kind() == SpanKind.PRODUCER)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no publish span for orders." + consumer));
  }
}
