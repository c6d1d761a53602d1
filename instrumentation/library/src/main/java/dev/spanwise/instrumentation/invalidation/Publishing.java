package dev.spanwise.instrumentation.invalidation;

import dev.spanwise.instrumentation.telemetry.SafeSpan;
import io.opentelemetry.context.Scope;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One invalidation on its way out. */
final class Publishing {
  private final String channel;
  private final InvalidationEnvelope envelope;
  private final SafeSpan span;
  private final InvalidationLag lag;

  Publishing(String channel, InvalidationEnvelope envelope, SafeSpan span, InvalidationLag lag) {
    this.channel = channel;
    this.envelope = envelope;
    this.span = span;
    this.lag = lag;
  }

  String message() {
    return envelope.toJson();
  }

  /** Ends with what is thrown; where nothing is, the caller has to {@link #end}. */
  <R> R send(Function<String, R> send) {
    Scope scope = span.makeCurrent();
    try {
      return send.apply(message());
    } catch (Throwable e) {
      end(e);
      throw e;
    } finally {
      span.close(scope);
    }
  }

  /**
   * Ends.
   *
   * @param failure null where it was sent; where the caller cancelled it, nobody knows
   */
  void end(@Nullable Throwable failure) {
    if (failure == null) {
      Scope scope = span.makeCurrent();
      lag.record(channel, "write_to_publish", envelope.write().committed(), envelope.published());
      span.close(scope);
    } else if (!(failure instanceof CancellationException)) {
      span.recordError(failure);
    }
    span.end();
  }

  /** Ends without saying whether it was sent. */
  void abandon() {
    span.end();
  }
}
