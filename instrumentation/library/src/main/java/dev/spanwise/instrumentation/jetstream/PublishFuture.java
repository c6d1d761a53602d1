package dev.spanwise.instrumentation.jetstream;

import dev.spanwise.instrumentation.telemetry.SafeSpan;
import io.nats.client.api.PublishAck;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What jnats' future becomes, with the publisher's context current for whatever the application
 * made dependent on it: jnats completes it on the thread that reads replies, whose context is
 * another.
 */
final class PublishFuture extends CompletableFuture<PublishAck> {
  private final PublishTelemetry publishing;
  private final SafeSpan span;
  private final Context publisher;
  private final CompletableFuture<PublishAck> sent;

  PublishFuture(
      PublishTelemetry publishing,
      SafeSpan span,
      Context publisher,
      CompletableFuture<PublishAck> sent) {
    this.publishing = publishing;
    this.span = span;
    this.publisher = publisher;
    this.sent = sent;
  }

  /** Ends the span, then completes as jnats' future did. */
  // Null is what a future without an acknowledgement is completed with.
  @SuppressWarnings("NullAway")
  void settle(@Nullable PublishAck acknowledgement, @Nullable Throwable error) {
    if (error == null) {
      publishing.sent(span, acknowledgement);
    } else if (isCancelled()) {
      publishing.stopped(span);
    } else {
      // Also where jnats cancels: that is how it gives up on a server that does not answer.
      publishing.failed(span, JetStreamErrors.cause(error));
    }
    Scope scope = span.makeCurrent(publisher);
    try {
      if (error == null) {
        complete(acknowledgement);
      } else {
        completeExceptionally(error);
      }
    } finally {
      span.close(scope);
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    sent.cancel(mayInterruptIfRunning);
    return cancelled;
  }
}
