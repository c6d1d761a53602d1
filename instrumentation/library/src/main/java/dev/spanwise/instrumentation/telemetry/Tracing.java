package dev.spanwise.instrumentation.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Starts spans of one instrumentation scope. Never throws; safe for use by several threads. */
public final class Tracing {
  private final Tracer tracer;
  private final TextMapPropagator propagator;
  private final TelemetryFailures failures;

  Tracing(OpenTelemetry openTelemetry, String scope, TelemetryFailures failures) {
    Tracer named = TracerProvider.noop().get(scope);
    TextMapPropagator configured = TextMapPropagator.noop();
    try {
      named = openTelemetry.getTracer(scope);
      configured = openTelemetry.getPropagators().getTextMapPropagator();
    } catch (Throwable e) {
      failures.report(Loss.TRACER, scope, e);
    }
    this.tracer = named;
    this.propagator = configured;
    this.failures = failures;
  }

  /**
   * Starts a span.
   *
   * @param attributes those known at the start, which a sampler may look at
   * @param links to other spans; invalid ones are left out
   * @return a span that does nothing where the tracer failed
   */
  public SafeSpan start(
      String name, SpanKind kind, Context parent, Attributes attributes, List<SpanContext> links) {
    return start(
        name,
        kind,
        parent,
        builder -> {
          builder.setAllAttributes(attributes);
          for (SpanContext link : links) {
            if (link.isValid()) {
              builder.addLink(link);
            }
          }
        });
  }

  /**
   * Starts a span.
   *
   * @param description sets what is known at the start, which a sampler may look at: cheaper than
   *     attributes that are collected first
   * @return a span that does nothing where the tracer, or the description, failed
   */
  public SafeSpan start(
      String name, SpanKind kind, Context parent, Consumer<SpanBuilder> description) {
    try {
      SpanBuilder builder = tracer.spanBuilder(name).setSpanKind(kind).setParent(parent);
      description.accept(builder);
      Span span = builder.startSpan();
      return new SafeSpan(span, parent.with(span), this);
    } catch (Throwable e) {
      failures.report(Loss.SPAN, name, e);
      return new SafeSpan(Span.getInvalid(), parent, this);
    }
  }

  /** Starts a span of the current context without links. */
  public SafeSpan start(String name, SpanKind kind, Attributes attributes) {
    return start(name, kind, currentContext(), attributes, List.of());
  }

  /** No span: a place for one in the current context, whose own span stays current. */
  public SafeSpan withoutSpan() {
    return new SafeSpan(Span.getInvalid(), currentContext(), this);
  }

  /** The current context; the root context where the storage failed. */
  public Context currentContext() {
    try {
      return Context.current();
    } catch (Throwable e) {
      failures.report(Loss.CURRENT_CONTEXT, e);
      return Context.root();
    }
  }

  /**
   * Makes a context current on this thread; {@link #close(Scope)} takes it back.
   *
   * @return never null; a scope that does nothing where the context could not be attached
   */
  // A method of ours closes it, and not always the one that opened it.
  @SuppressWarnings("MustBeClosedChecker")
  public Scope makeCurrent(Context context) {
    try {
      return context.makeCurrent();
    } catch (Throwable e) {
      failures.report(Loss.CURRENT_CONTEXT, e);
      return Scope.noop();
    }
  }

  public void close(Scope scope) {
    try {
      scope.close();
    } catch (Throwable e) {
      failures.report(Loss.SCOPE_END, e);
    }
  }

  /** Writes the context into a carrier, such as {@code traceparent} into a message's headers. */
  public <C> void inject(Context context, C carrier, TextMapSetter<C> setter) {
    try {
      propagator.inject(context, carrier, setter);
    } catch (Throwable e) {
      failures.report(Loss.SENT_CONTEXT, e);
    }
  }

  /** Reads a context from a carrier: the one given, where the carrier has none or a broken one. */
  public <C> Context extract(Context context, @Nullable C carrier, TextMapGetter<C> getter) {
    try {
      return propagator.extract(context, carrier, getter);
    } catch (Throwable e) {
      failures.report(Loss.RECEIVED_CONTEXT, e);
      return context;
    }
  }

  public TelemetryFailures failures() {
    return failures;
  }
}
