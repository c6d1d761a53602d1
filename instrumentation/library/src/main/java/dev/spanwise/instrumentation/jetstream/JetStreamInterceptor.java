package dev.spanwise.instrumentation.jetstream;

import dev.spanwise.instrumentation.telemetry.SafeSpan;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.MessageHandler;
import io.nats.client.SubscribeOptions;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * JetStream: sends the trace's context along, and hands out instrumented subscriptions. Where a
 * message is refused for a size that it would not have without that context, it is sent again as
 * the caller gave it.
 */
final class JetStreamInterceptor extends Interceptor<JetStream> {
  private final Instrumentation instrumentation;
  private final PublishTelemetry publishing;

  JetStreamInterceptor(JetStream delegate, Instrumentation instrumentation) {
    super(delegate);
    this.instrumentation = instrumentation;
    publishing = instrumentation.publishing();
  }

  @Override
  @Nullable Object intercept(Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    if (arguments != null) {
      switch (method.getName()) {
        case "publish", "publishAsync" -> {
          Publication publication = Publication.of(method, arguments);
          if (publication != null) {
            return method.getName().equals("publish")
                ? publish(publication, method, arguments)
                : publishAsync(publication, method, arguments);
          }
        }
        case "subscribe" -> {
          return subscribe(method, arguments);
        }
        default -> {}
      }
    }
    return instrumentation.instrument(call(method, arguments));
  }

  private @Nullable Object publish(
      Publication publication, Method method, @Nullable Object[] arguments) throws Throwable {
    SafeSpan span = publishing.start(publication.subject(), publication.body());
    Headers headers = headers(span, publication);
    Scope scope = span.makeCurrent();
    try {
      PublishAck acknowledgement;
      if (headers == null) {
        acknowledgement = (PublishAck) call(method, arguments);
      } else {
        try {
          acknowledgement = publication.publish(delegate, headers);
        } catch (JetStreamApiException e) {
          if (!JetStreamErrors.exceedsMaximum(e)) {
            throw e;
          }
          acknowledgement = (PublishAck) call(method, arguments);
        }
      }
      publishing.sent(span, acknowledgement);
      return acknowledgement;
    } catch (Throwable e) {
      publishing.threw(span, e);
      throw e;
    } finally {
      span.close(scope);
    }
  }

  private @Nullable Object publishAsync(
      Publication publication, Method method, @Nullable Object[] arguments) throws Throwable {
    Context publisher = publishing.tracing().currentContext();
    SafeSpan span = publishing.start(publication.subject(), publication.body());
    Headers headers = headers(span, publication);
    CompletableFuture<PublishAck> sent;
    Scope scope = span.makeCurrent();
    try {
      sent =
          headers == null
              ? callAsync(method, arguments)
              : publication.publishAsync(delegate, headers);
    } catch (Throwable e) {
      publishing.threw(span, e);
      throw e;
    } finally {
      span.close(scope);
    }
    if (sent == null) {
      publishing.sent(span, null);
      return null;
    }
    PublishFuture future = new PublishFuture(publishing, span, publisher, sent);
    var unused =
        sent.whenComplete(
            (acknowledgement, error) -> {
              if (headers != null && JetStreamErrors.exceedsMaximum(error)) {
                publishAgain(method, arguments, future);
              } else {
                future.settle(acknowledgement, error);
              }
            });
    return future;
  }

  private void publishAgain(Method method, @Nullable Object[] arguments, PublishFuture future) {
    try {
      CompletableFuture<PublishAck> sent = callAsync(method, arguments);
      if (sent == null) {
        future.settle(null, null);
      } else {
        var unused = sent.whenComplete(future::settle);
      }
    } catch (Throwable e) {
      future.settle(null, e);
    }
  }

  // jnats declares it so.
  @SuppressWarnings("unchecked")
  private @Nullable CompletableFuture<PublishAck> callAsync(
      Method method, @Nullable Object[] arguments) throws Throwable {
    return (CompletableFuture<PublishAck>) call(method, arguments);
  }

  private @Nullable Headers headers(SafeSpan span, Publication publication) {
    return publishing.withContext(
        span, publication.headers(), publication.body(), instrumentation.maxPayloadBytes());
  }

  private @Nullable Object subscribe(Method method, @Nullable Object[] arguments) throws Throwable {
    ConsumerKind kind = ConsumerKind.EPHEMERAL;
    boolean acknowledges = false;
    int handlerAt = -1;
    for (int i = 0; i < arguments.length; i++) {
      Object argument = arguments[i];
      if (argument instanceof SubscribeOptions options) {
        kind = ConsumerKind.of(options);
      } else if (argument instanceof Boolean autoAck) {
        acknowledges = autoAck;
      } else if (argument instanceof MessageHandler) {
        handlerAt = i;
      }
    }
    if (handlerAt < 0) {
      Object subscription = call(method, arguments);
      return subscription instanceof JetStreamSubscription pulled
          ? instrumentation.subscription(pulled, kind)
          : subscription;
    }
    @Nullable Object[] instrumented = arguments.clone();
    if (arguments[handlerAt] instanceof MessageHandler handler) {
      instrumented[handlerAt] =
          instrumentation.handler(handler, kind, acknowledges && kind.awaitsSettlement());
    }
    // Not wrapped: its dispatcher wants it back, and takes none but its own.
    return call(method, instrumented);
  }
}
