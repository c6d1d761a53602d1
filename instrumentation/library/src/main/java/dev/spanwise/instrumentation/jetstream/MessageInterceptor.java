package dev.spanwise.instrumentation.jetstream;

import dev.spanwise.instrumentation.telemetry.SafeSpan;
import io.nats.client.Message;
import io.opentelemetry.context.Scope;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** A message that tells its processing how it was settled. */
final class MessageInterceptor extends Interceptor<Message> {
  private final Processing processing;
  private final PulledMessages pulled;

  MessageInterceptor(Message delegate, Processing processing, PulledMessages pulled) {
    super(delegate);
    this.processing = processing;
    this.pulled = pulled;
  }

  Processing processing() {
    return processing;
  }

  @Override
  @Nullable Object intercept(Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    switch (method.getName()) {
      case "ack", "ackSync" -> settle(Settlement.ACK, method, arguments);
      case "nak", "nakWithDelay" -> settle(Settlement.NAK, method, arguments);
      case "term" -> settle(Settlement.TERM, method, arguments);
      case "inProgress" -> {
        call(method, arguments);
        processing.inProgress();
      }
      default -> {
        return call(method, arguments);
      }
    }
    return null;
  }

  /**
   * The span is current meanwhile, on whichever thread: it is what the message to the server is
   * for.
   */
  private void settle(Settlement by, Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    SafeSpan span = processing.span();
    Scope scope = span.makeCurrent();
    try {
      call(method, arguments);
    } catch (Throwable e) {
      span.close(scope);
      processing.failed(e);
      pulled.letGo(processing);
      throw e;
    }
    span.close(scope);
    processing.settled(by);
    pulled.letGo(processing);
  }
}
