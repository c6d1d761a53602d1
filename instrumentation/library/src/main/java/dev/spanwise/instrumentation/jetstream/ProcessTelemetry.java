package dev.spanwise.instrumentation.jetstream;

import dev.spanwise.instrumentation.telemetry.Loss;
import dev.spanwise.instrumentation.telemetry.SafeSpan;
import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import dev.spanwise.instrumentation.telemetry.Tracing;
import io.nats.client.Message;
import io.nats.client.impl.NatsJetStreamMetaData;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts the processing of messages. Never throws; safe for use by several threads. */
final class ProcessTelemetry {
  private static final String PROCESS = "process";

  private final Tracing tracing;
  private final ProducerRelation relation;
  private final Consumers consumers;

  ProcessTelemetry(Telemetry telemetry, Tracing tracing, Settings settings) {
    this.tracing = tracing;
    relation = settings.producerRelation();
    consumers =
        new Consumers(
            ConsumerMetrics.of(telemetry),
            settings.maxUnsettledMessages(),
            settings.unsettledFor());
  }

  /**
   * A message is handed to the application.
   *
   * @param kind its consumer's
   * @return null where the message is not JetStream's, or its span could not be started
   */
  @Nullable Processing start(Message message, ConsumerKind kind) {
    try {
      return message.isJetStream() ? start(message, message.metaData(), kind) : null;
    } catch (Throwable e) {
      tracing.failures().report(Loss.SPAN, PROCESS, e);
      return null;
    }
  }

  private Processing start(Message message, NatsJetStreamMetaData metadata, ConsumerKind kind) {
    String shared = kind.sharedName();
    String name = shared == null ? metadata.getConsumer() : shared;
    return consumers.begin(span(message, metadata), metadata, name, kind.policy());
  }

  private SafeSpan span(Message message, NatsJetStreamMetaData metadata) {
    Context current = tracing.currentContext();
    Context extracted =
        message.hasHeaders()
            ? tracing.extract(current, message.getHeaders(), MessageHeaders.CARRIER)
            : current;
    SpanContext surrounding = Span.fromContext(current).getSpanContext();
    SpanContext producer = Span.fromContext(extracted).getSpanContext();
    String name = PROCESS + " " + metadata.getStream();
    Attributes attributes = attributes(message, metadata);
    if (relation == ProducerRelation.LINK) {
      List<SpanContext> links = producer.equals(surrounding) ? List.of() : List.of(producer);
      return tracing.start(name, SpanKind.CONSUMER, current, attributes, links);
    }
    if (producer.equals(surrounding)
        // Another instrumentation made a span of this message already: ours goes below it.
        || (surrounding.isValid() && surrounding.getTraceId().equals(producer.getTraceId()))) {
      return tracing.start(name, SpanKind.CONSUMER, current, attributes, List.of());
    }
    return tracing.start(name, SpanKind.CONSUMER, extracted, attributes, List.of(surrounding));
  }

  private static Attributes attributes(Message message, NatsJetStreamMetaData metadata) {
    byte[] data = message.getData();
    return Attributes.builder()
        .put(MessagingAttributes.SYSTEM, MessagingAttributes.NATS)
        .put(MessagingAttributes.OPERATION_NAME, PROCESS)
        .put(MessagingAttributes.OPERATION_TYPE, PROCESS)
        .put(SpanwiseAttributes.MESSAGING_DESTINATION_NAME, message.getSubject())
        .put(SpanwiseAttributes.MESSAGING_CONSUMER_GROUP_NAME, metadata.getConsumer())
        .put(MessagingAttributes.BODY_SIZE, data == null ? 0L : data.length)
        .put(SpanwiseAttributes.SPANWISE_JETSTREAM_STREAM, metadata.getStream())
        .put(SpanwiseAttributes.SPANWISE_JETSTREAM_STREAM_SEQUENCE, metadata.streamSequence())
        .put(SpanwiseAttributes.SPANWISE_JETSTREAM_DELIVERY_COUNT, metadata.deliveredCount())
        .build();
  }
}
