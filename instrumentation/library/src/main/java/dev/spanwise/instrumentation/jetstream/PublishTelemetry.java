package dev.spanwise.instrumentation.jetstream;

import dev.spanwise.instrumentation.telemetry.Loss;
import dev.spanwise.instrumentation.telemetry.SafeSpan;
import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import dev.spanwise.instrumentation.telemetry.Tracing;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import io.opentelemetry.api.trace.SpanKind;
import org.jspecify.annotations.Nullable;

/** The spans of publishing, and their context in headers. Never throws. */
final class PublishTelemetry {
  private static final String PUBLISH = "publish";

  private final Tracing tracing;

  PublishTelemetry(Tracing tracing) {
    this.tracing = tracing;
  }

  Tracing tracing() {
    return tracing;
  }

  SafeSpan start(@Nullable String subject, byte @Nullable [] body) {
    return tracing.start(
        PUBLISH,
        SpanKind.PRODUCER,
        tracing.currentContext(),
        span -> {
          span.setAttribute(MessagingAttributes.SYSTEM, MessagingAttributes.NATS)
              .setAttribute(MessagingAttributes.OPERATION_NAME, PUBLISH)
              .setAttribute(MessagingAttributes.OPERATION_TYPE, "send")
              .setAttribute(MessagingAttributes.BODY_SIZE, body == null ? 0L : body.length);
          if (subject != null) {
            span.setAttribute(SpanwiseAttributes.MESSAGING_DESTINATION_NAME, subject);
          }
        });
  }

  /**
   * The headers to send in place of the caller's, which stay as they are.
   *
   * @param maxSizeBytes of headers and body together
   * @return null where the caller's own are to be sent: there is no context, or no room for it
   */
  @Nullable Headers withContext(
      SafeSpan span, @Nullable Headers headers, byte @Nullable [] body, long maxSizeBytes) {
    try {
      Headers copy = new Headers(headers);
      tracing.inject(span.context(), copy, MessageHeaders.CARRIER);
      long size = (long) copy.serializedLength() + (body == null ? 0 : body.length);
      return copy.isEmpty() || size > maxSizeBytes ? null : copy;
    } catch (Throwable e) {
      tracing.failures().report(Loss.SENT_CONTEXT, PUBLISH, e);
      return null;
    }
  }

  /**
   * The message was sent.
   *
   * @param acknowledgement null where none was asked for
   */
  void sent(SafeSpan span, @Nullable PublishAck acknowledgement) {
    try {
      if (acknowledgement != null && acknowledgement.getStream() != null) {
        span.updateName(PUBLISH + " " + acknowledgement.getStream());
        span.setAttribute(
            SpanwiseAttributes.SPANWISE_JETSTREAM_STREAM, acknowledgement.getStream());
        span.setAttribute(
            SpanwiseAttributes.SPANWISE_JETSTREAM_STREAM_SEQUENCE, acknowledgement.getSeqno());
      }
    } catch (Throwable e) {
      tracing.failures().report(Loss.MESSAGE_STREAM, e);
    }
    span.end();
  }

  /** The call threw: no error where its thread was stopped. */
  void threw(SafeSpan span, Throwable error) {
    if (JetStreamErrors.isCancellation(error)) {
      stopped(span);
    } else {
      failed(span, error);
    }
  }

  /** Whether it was sent is not known, and nobody waits for the answer any more. */
  void stopped(SafeSpan span) {
    span.end();
  }

  void failed(SafeSpan span, Throwable error) {
    span.recordError(error);
    span.end();
  }
}
