package dev.spanwise.agent.read;

import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.instrumentation.api.internal.cache.Cache;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.internal.ExtendedSpanProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Names the spans that are reads, and after them the JDBC spans inside. A server span has its route
 * only once the framework has found the handler, so a read is looked for when a statement starts
 * under it, and again at its end.
 *
 * <p>Thread-safe. Holds what leads from each live span to those around it, weakly: a span that is
 * never ended goes with the garbage. Of those around a span it remembers {@value #MAX_DEPTH} at
 * most: where work starts work without an end, the ended ones and then the outermost are forgotten.
 */
final class NamedReadProcessor implements ExtendedSpanProcessor {
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  private static final String JDBC = "io.opentelemetry.jdbc";
  private static final int MAX_DEPTH = 32;

  private final NamedReads reads;
  private final Cache<ReadableSpan, Enclosing> enclosing = Cache.weak();

  NamedReadProcessor(NamedReads reads) {
    this.reads = reads;
  }

  @Override
  public void onStart(Context parentContext, ReadWriteSpan span) {
    Enclosing around = around(parentContext);
    if (span.getKind() == SpanKind.CLIENT) {
      String read = around == null ? null : readAround(around);
      if (read != null && JDBC.equals(span.getInstrumentationScopeInfo().getName())) {
        span.updateName(read);
        span.setAttribute(SpanwiseAttributes.DB_QUERY_SUMMARY, read);
      }
    } else if (around != null) {
      enclosing.put(span, around);
    }
  }

  @Override
  public void onEnding(ReadWriteSpan span) {
    readOf(span);
  }

  @Override
  public void onEnd(ReadableSpan span) {
    enclosing.remove(span);
  }

  @Override
  public boolean isStartRequired() {
    return true;
  }

  @Override
  public boolean isOnEndingRequired() {
    return true;
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }

  private @Nullable Enclosing around(Context context) {
    return Span.fromContext(context) instanceof ReadWriteSpan parent
        ? Enclosing.of(parent, enclosing.get(parent))
        : null;
  }

  private @Nullable String readAround(Enclosing innermost) {
    for (Enclosing around = innermost; around != null; around = around.next()) {
      String read = readOf(around.span());
      if (read != null) {
        return read;
      }
    }
    return null;
  }

  private @Nullable String readOf(ReadWriteSpan span) {
    String known = span.getAttribute(SpanwiseAttributes.SPANWISE_READ_NAME);
    if (known != null || !canBeRead(span.getKind())) {
      return known;
    }
    String read = reads.name(span.getAttribute(ROUTE), span.getName());
    if (read != null) {
      span.setAttribute(SpanwiseAttributes.SPANWISE_READ_NAME, read);
    }
    return read;
  }

  private static boolean canBeRead(SpanKind kind) {
    return kind == SpanKind.SERVER || kind == SpanKind.INTERNAL;
  }

  /** A span and those around it, from the inside out. */
  private record Enclosing(ReadWriteSpan span, @Nullable Enclosing next, int depth) {

    static Enclosing of(ReadWriteSpan span, @Nullable Enclosing next) {
      Enclosing kept = next == null || next.depth < MAX_DEPTH ? next : next.live(MAX_DEPTH / 2);
      return new Enclosing(span, kept, kept == null ? 1 : kept.depth + 1);
    }

    private @Nullable Enclosing live(int limit) {
      Enclosing innermost = this;
      while (innermost != null && innermost.span.hasEnded()) {
        innermost = innermost.next;
      }
      return innermost == null || limit == 0
          ? null
          : of(innermost.span, innermost.next == null ? null : innermost.next.live(limit - 1));
    }
  }
}
