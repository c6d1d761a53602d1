package dev.spanwise.agent.jetstream;

import dev.spanwise.instrumentation.jetstream.JetStreamTelemetry;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.instrumentation.api.internal.SpanKey;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the agent's NATS instrumentation from spans that stand alone or twice. It makes no span of
 * a kind inside another of that kind: an invalid one in the context is enough, and the current span
 * stays what it is.
 */
@SuppressWarnings("MustBeClosedChecker") // The advice at the exit of the method closes it.
public final class AgentSpans {
  private static final String LIBRARY = JetStreamTelemetry.class.getPackageName() + ".";

  private static final String JNATS = "io.nats.client.impl.";

  private AgentSpans() {}

  /**
   * No agent's process span for a message of a stream, which has one of its own with more in it,
   * nor for a reply that carries no trace: that would be a trace of one span, for each publish and
   * request to the stream's server.
   */
  public static @Nullable Scope withoutProcess(Object handler, Message message) {
    if (!isFollowed(handler, message) && !isUntracedReply(message)) {
      return null;
    }
    return without(SpanKey.CONSUMER_PROCESS, SpanKey.KIND_CONSUMER).makeCurrent();
  }

  /** No span for ack, nak or term: the process span says how the message was settled. */
  public static Scope withoutSettlement() {
    return without(SpanKey.PRODUCER, SpanKey.KIND_PRODUCER).makeCurrent();
  }

  /**
   * Whether the library has the message, or will: jnats calls its own handler before the
   * application's. Key-value and object stores, whose subjects begin with a dollar sign, the
   * library leaves alone.
   */
  private static boolean isFollowed(Object handler, Message message) {
    if (!message.isJetStream()) {
      return false;
    }
    String name = handler.getClass().getName();
    return name.startsWith(LIBRARY)
        || message.getClass().getName().startsWith(LIBRARY)
        || Proxy.isProxyClass(message.getClass())
        || (name.startsWith(JNATS) && !message.getSubject().startsWith("$"));
  }

  private static boolean isUntracedReply(Message message) {
    String subject = message.getSubject();
    if (subject == null || !subject.startsWith("_INBOX.")) {
      return false;
    }
    Headers headers = message.getHeaders();
    if (headers == null || headers.isEmpty()) {
      return true;
    }
    for (String field : GlobalOpenTelemetry.getPropagators().getTextMapPropagator().fields()) {
      if (headers.containsKeyIgnoreCase(field)) {
        return false;
      }
    }
    return true;
  }

  private static Context without(SpanKey first, SpanKey second) {
    return second.storeInContext(
        first.storeInContext(Context.current(), Span.getInvalid()), Span.getInvalid());
  }
}
