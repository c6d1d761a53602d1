package dev.spanwise.instrumentation.jetstream;

import dev.spanwise.instrumentation.telemetry.SafeSpan;
import dev.spanwise.instrumentation.telemetry.Tracing;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The messages that this thread's loops asked for and have not let go, the newest first. Their
 * spans are current until then. A loop that just stops asking leaves its entry, whose context
 * expires with the message's span, until its thread is handed another message; the span of one that
 * need not be settled, as far as is known, ends with the next of its consumer, or when time is up.
 */
final class PulledMessages {
  /** Loops within loops on one thread; more are taken for loops that were left. */
  private static final int MAX_DEPTH = 8;

  private final Tracing tracing;
  private final boolean makeCurrent;
  private static final ThreadLocal<@Nullable Pulled> newest = new ThreadLocal<>();

  PulledMessages(Tracing tracing, boolean makeCurrent) {
    this.tracing = tracing;
    this.makeCurrent = makeCurrent;
  }

  /** Whether spans are current meanwhile. */
  boolean makesCurrent() {
    return makeCurrent;
  }

  /** A loop was handed a message. */
  void taken(Object source, Processing processing) {
    Pulled below = newest.get();
    while (below != null
        && (below.processing.hasEnded()
            || below.processing.isDoneBefore(processing)
            || below.depth == MAX_DEPTH)) {
      below = letGo(below);
    }
    Scope scope = makeCurrent ? makeCurrent(processing) : Scope.noop();
    newest.set(new Pulled(source, processing, scope, below, below == null ? 1 : below.depth + 1));
  }

  /** The loop asks for its next message, or ends. */
  void left(Object source) {
    Pulled pulled = newest.get();
    while (pulled != null && pulled.source != source) {
      pulled = pulled.below;
    }
    if (pulled != null) {
      Pulled remaining = newest.get();
      while (remaining != null && remaining.depth >= pulled.depth) {
        remaining = letGo(remaining);
      }
    }
  }

  /** The message was settled, or could not be, perhaps by the thread whose loop asked for it. */
  void letGo(Processing processing) {
    Pulled pulled = newest.get();
    if (pulled != null && pulled.processing == processing) {
      letGo(pulled);
    }
  }

  private @Nullable Pulled letGo(Pulled pulled) {
    pulled.processing.span().close(pulled.scope);
    pulled.processing.left();
    if (pulled.below == null) {
      newest.remove();
    } else {
      newest.set(pulled.below);
    }
    return pulled.below;
  }

  private Scope makeCurrent(Processing processing) {
    SafeSpan span = processing.span();
    ExpiringContext context = new ExpiringContext(span.context(), tracing.currentContext());
    Scope scope = span.makeCurrent(context);
    if (tracing.currentContext() == context) {
      processing.currentBy(context);
      return scope;
    }
    // A storage that knows its own contexts alone, as the OpenTelemetry agent's.
    span.close(scope);
    return span.makeCurrent();
  }

  private record Pulled(
      Object source, Processing processing, Scope scope, @Nullable Pulled below, int depth) {}
}
