package dev.spanwise.instrumentation.jetstream;

import dev.spanwise.instrumentation.telemetry.Loss;
import dev.spanwise.instrumentation.telemetry.SafeSpan;
import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import dev.spanwise.instrumentation.telemetry.Tracing;
import io.nats.client.Message;
import io.nats.client.impl.NatsJetStreamMetaData;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
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
   * A message is handed to the application, and its processing begins.
   *
   * @param kind its consumer's
   * @return null where the message is not JetStream's, or its span could not be started
   */
  @Nullable Processing start(Message message, ConsumerKind kind) {
    Processing started = startCounted(message, kind, null);
    if (started != null) {
      received(started.span(), message, kind);
    }
    return started;
  }

  /** A message is handed to the application, and its processing does not begin yet. */
  void received(Message message, ConsumerKind kind) {
    received(tracing.withoutSpan(), message, kind);
  }

  private void received(SafeSpan span, Message message, ConsumerKind kind) {
    try {
      consumers.received(span, message.metaData(), kind);
    } catch (Throwable e) {
      tracing.failures().report(Loss.METRIC_VALUE, PROCESS, e);
    }
  }

  /**
   * The processing begins of a message that was handed to the application before.
   *
   * @param since when it began; null where it does now
   * @return null as {@link #start} does
   */
  @Nullable Processing startCounted(Message message, ConsumerKind kind, @Nullable HandedOut since) {
    try {
      if (!message.isJetStream()) {
        return null;
      }
      NatsJetStreamMetaData metadata = message.metaData();
      long startedNanos = since == null ? System.nanoTime() : since.nanos();
      return consumers.begin(span(message, metadata, since), metadata, kind, startedNanos);
    } catch (Throwable e) {
      tracing.failures().report(Loss.SPAN, PROCESS, e);
      return null;
    }
  }

  private SafeSpan span(
      Message message, NatsJetStreamMetaData metadata, @Nullable HandedOut since) {
    Context current = tracing.currentContext();
    Context extracted =
        message.hasHeaders()
            ? tracing.extract(current, message.getHeaders(), MessageHeaders.CARRIER)
            : current;
    SpanContext surrounding = Span.fromContext(current).getSpanContext();
    SpanContext producer = Span.fromContext(extracted).getSpanContext();
    String name = PROCESS + " " + metadata.getStream();
    // Another instrumentation may have made a span of this message already: ours goes below it.
    boolean related =
        producer.equals(surrounding)
            || (surrounding.isValid() && surrounding.getTraceId().equals(producer.getTraceId()));
    Context parent = relation == ProducerRelation.LINK || related ? current : extracted;
    SpanContext link;
    if (relation == ProducerRelation.LINK) {
      link = producer.equals(surrounding) ? SpanContext.getInvalid() : producer;
    } else {
      link = related ? SpanContext.getInvalid() : surrounding;
    }
    return tracing.start(
        name,
        SpanKind.CONSUMER,
        parent,
        span -> {
          if (since != null) {
            span.setStartTimestamp(since.time());
          }
          describe(span, message, metadata, link);
        });
  }

  private static void describe(
      SpanBuilder span, Message message, NatsJetStreamMetaData metadata, SpanContext link) {
    byte[] data = message.getData();
    span.setAttribute(MessagingAttributes.SYSTEM, MessagingAttributes.NATS)
        .setAttribute(MessagingAttributes.OPERATION_NAME, PROCESS)
        .setAttribute(MessagingAttributes.OPERATION_TYPE, PROCESS)
        .setAttribute(SpanwiseAttributes.MESSAGING_DESTINATION_NAME, message.getSubject())
        .setAttribute(SpanwiseAttributes.MESSAGING_CONSUMER_GROUP_NAME, metadata.getConsumer())
        .setAttribute(MessagingAttributes.BODY_SIZE, data == null ? 0L : data.length)
        .setAttribute(SpanwiseAttributes.SPANWISE_JETSTREAM_STREAM, metadata.getStream())
        .setAttribute(
            SpanwiseAttributes.SPANWISE_JETSTREAM_STREAM_SEQUENCE, metadata.streamSequence())
        .setAttribute(
            SpanwiseAttributes.SPANWISE_JETSTREAM_DELIVERY_COUNT, metadata.deliveredCount());
    if (link.isValid()) {
      span.addLink(link);
    }
  }
}
