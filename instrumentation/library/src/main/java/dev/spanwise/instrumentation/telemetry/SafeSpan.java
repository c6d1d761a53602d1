package dev.spanwise.instrumentation.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.time.Instant;

/**
 * A started span none of whose calls throws, whatever the tracer, its processors and exporters do.
 * As safe for use by several threads as the span; a scope belongs to the thread that opened it.
 */
public final class SafeSpan {
  private final Span span;
  private final Context context;
  private final Tracing tracing;

  SafeSpan(Span span, Context context, Tracing tracing) {
    this.span = span;
    this.context = context;
    this.tracing = tracing;
  }

  /** The parent's context with this span in it; the parent's alone where the span failed. */
  public Context context() {
    return context;
  }

  /** Whether attributes set on it go anywhere. */
  public boolean isRecording() {
    try {
      return span.isRecording();
    } catch (Throwable e) {
      tracing.failures().report(Loss.SPAN_STATE, e);
      return false;
    }
  }

  public <T> void setAttribute(AttributeKey<T> key, T value) {
    try {
      span.setAttribute(key, value);
    } catch (Throwable e) {
      tracing.failures().report(Loss.SPAN_ATTRIBUTE, e);
    }
  }

  public void updateName(String name) {
    try {
      span.updateName(name);
    } catch (Throwable e) {
      tracing.failures().report(Loss.SPAN_NAME, e);
    }
  }

  /**
   * Marks the span as failed, with the exception's class as {@code error.type} and an event {@code
   * exception} that has its class and its stack trace, but no message: messages hold values.
   */
  public void recordError(Throwable error) {
    try {
      span.setStatus(StatusCode.ERROR);
      span.setAttribute(SpanwiseAttributes.ERROR_TYPE, error.getClass().getName());
      ExceptionEvent.addTo(span, error);
    } catch (Throwable e) {
      tracing.failures().report(Loss.SPAN_ERROR, e);
    }
  }

  /**
   * Marks the span as failed where no exception says why.
   *
   * @param errorType a short constant for {@code error.type}
   */
  public void recordError(String errorType) {
    try {
      span.setStatus(StatusCode.ERROR);
      span.setAttribute(SpanwiseAttributes.ERROR_TYPE, errorType);
    } catch (Throwable e) {
      tracing.failures().report(Loss.SPAN_ERROR, e);
    }
  }

  /**
   * Makes the span current on this thread; {@link #close(Scope)} takes it back.
   *
   * @return never null; a scope that does nothing where the context could not be attached
   */
  public Scope makeCurrent() {
    return makeCurrent(context);
  }

  /** Likewise with a context that was derived from {@link #context()}. */
  public Scope makeCurrent(Context derived) {
    return tracing.makeCurrent(derived);
  }

  public void close(Scope scope) {
    tracing.close(scope);
  }

  /** Ends the span; later calls do nothing. */
  public void end() {
    try {
      span.end();
    } catch (Throwable e) {
      tracing.failures().report(Loss.SPAN_END, e);
    }
  }

  /** Ends the span as of a time that has passed. */
  public void end(Instant time) {
    try {
      span.end(time);
    } catch (Throwable e) {
      tracing.failures().report(Loss.SPAN_END, e);
    }
  }
}
