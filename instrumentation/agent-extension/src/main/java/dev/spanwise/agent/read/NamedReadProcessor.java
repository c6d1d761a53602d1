package dev.spanwise.agent.read;

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
 * never ended goes with the garbage.
 */
final class NamedReadProcessor implements ExtendedSpanProcessor {
  private static final AttributeKey<String> READ_NAME =
      AttributeKey.stringKey("spanwise.read.name");
  private static final AttributeKey<String> QUERY_SUMMARY =
      AttributeKey.stringKey("db.query.summary");
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  private static final String JDBC = "io.opentelemetry.jdbc";

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
        span.setAttribute(QUERY_SUMMARY, read);
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
        ? new Enclosing(parent, enclosing.get(parent))
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
    String known = span.getAttribute(READ_NAME);
    if (known != null || !canBeRead(span.getKind())) {
      return known;
    }
    String read = reads.name(span.getAttribute(ROUTE), span.getName());
    if (read != null) {
      span.setAttribute(READ_NAME, read);
    }
    return read;
  }

  private static boolean canBeRead(SpanKind kind) {
    return kind == SpanKind.SERVER || kind == SpanKind.INTERNAL;
  }

  /** A span and those around it, from the inside out. */
  private record Enclosing(ReadWriteSpan span, @Nullable Enclosing next) {}
}
