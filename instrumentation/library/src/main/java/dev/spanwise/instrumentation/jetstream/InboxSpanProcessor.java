package dev.spanwise.instrumentation.jetstream;

import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps back the spans that OpenTelemetry's instrumentation of NATS makes of JetStream's replies:
 * each acknowledgement of a publish is a trace of its own, {@code process _INBOX.…} or {@code
 * (temporary) process}, with one empty span. One in which something happened, a span below it or an
 * error, passes: it was somebody's work. Safe for use by several threads.
 */
public final class InboxSpanProcessor implements SpanProcessor {
  /** jnats' default {@code inboxPrefix}. */
  private static final String DEFAULT_INBOX_PREFIX = "_INBOX.";

  /** Open spans of replies that are followed; past it the oldest pass, whatever is below them. */
  static final int MAX_OPEN = 10_000;

  private final SpanProcessor delegate;
  private final String inboxPrefix;

  /** Whether there is a span below it, for each open span of a reply, by its id; guards itself. */
  private final Map<String, Boolean> open =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MAX_OPEN;
        }
      };

  private InboxSpanProcessor(SpanProcessor delegate, String inboxPrefix) {
    this.delegate = delegate;
    this.inboxPrefix = inboxPrefix;
  }

  /** Passes on what is no reply to a processor, such as the batching one that exports. */
  public static SpanProcessor wrap(SpanProcessor delegate) {
    return wrap(delegate, DEFAULT_INBOX_PREFIX);
  }

  /**
   * Likewise, for connections with an inbox prefix of their own.
   *
   * @param inboxPrefix as given to jnats' options
   */
  public static SpanProcessor wrap(SpanProcessor delegate, String inboxPrefix) {
    return new InboxSpanProcessor(delegate, inboxPrefix);
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {
    if (isReply(span)) {
      synchronized (open) {
        open.put(span.getSpanContext().getSpanId(), false);
      }
    } else if (Span.fromContextOrNull(parent) instanceof ReadableSpan above && isReply(above)) {
      synchronized (open) {
        open.replace(above.getSpanContext().getSpanId(), true);
      }
    }
    delegate.onStart(parent, span);
  }

  @Override
  public boolean isStartRequired() {
    return true;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    if (!isReply(span) || !endsUnused(span) || hasSomethingToTell(span.toSpanData())) {
      delegate.onEnd(span);
    }
  }

  /** Whether nothing was started below a reply's span, for all that is known. */
  private boolean endsUnused(ReadableSpan reply) {
    synchronized (open) {
      return Boolean.FALSE.equals(open.remove(reply.getSpanContext().getSpanId()));
    }
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }

  @Override
  public CompletableResultCode shutdown() {
    return delegate.shutdown();
  }

  @Override
  public CompletableResultCode forceFlush() {
    return delegate.forceFlush();
  }

  private static boolean hasSomethingToTell(SpanData span) {
    return span.getTotalRecordedEvents() > 0
        || span.getStatus().getStatusCode() == StatusCode.ERROR;
  }

  private boolean isReply(ReadableSpan span) {
    if (span.getKind() != SpanKind.CONSUMER || span.getParentSpanContext().isValid()) {
      return false;
    }
    String destination = span.getAttribute(SpanwiseAttributes.MESSAGING_DESTINATION_NAME);
    return (isInbox(destination)
            || Boolean.TRUE.equals(span.getAttribute(MessagingAttributes.TEMPORARY)))
        && MessagingAttributes.NATS.equals(span.getAttribute(MessagingAttributes.SYSTEM));
  }

  private boolean isInbox(@Nullable String subject) {
    return subject != null && subject.startsWith(inboxPrefix);
  }
}
