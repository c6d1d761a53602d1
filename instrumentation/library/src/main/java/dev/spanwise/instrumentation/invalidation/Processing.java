package dev.spanwise.instrumentation.invalidation;

import dev.spanwise.instrumentation.telemetry.SafeSpan;
import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/** One message while the application has it. Belongs to the thread that started it. */
public final class Processing {
  static final String FAILED = "failed";

  private final InvalidationReceiver receiver;
  private final String destination;
  private final @Nullable InvalidationEnvelope envelope;
  private final String result;
  private final SafeSpan span;
  private final Scope scope;

  Processing(
      InvalidationReceiver receiver,
      String destination,
      @Nullable InvalidationEnvelope envelope,
      String result,
      SafeSpan span) {
    this.receiver = receiver;
    this.destination = destination;
    this.envelope = envelope;
    this.result = result;
    this.span = span;
    this.scope = span.makeCurrent();
  }

  /** What the message says; null where it is no envelope, or a broken one. */
  public @Nullable InvalidationEnvelope envelope() {
    return envelope;
  }

  /** Runs the application's part and ends. */
  void run(Runnable application) {
    Throwable failure = null;
    try {
      application.run();
    } catch (Throwable e) {
      failure = e;
      throw e;
    } finally {
      end(failure);
    }
  }

  /**
   * Ends the span and counts the message. Call it once. Never throws.
   *
   * @param failure what the application threw; null where it returned
   */
  public void end(@Nullable Throwable failure) {
    String outcome = result;
    if (failure != null) {
      outcome = FAILED;
      span.recordError(failure);
    }
    span.setAttribute(SpanwiseAttributes.SPANWISE_INVALIDATION_RESULT, outcome);
    receiver.count(destination, outcome, envelope);
    span.close(scope);
    span.end();
  }
}
