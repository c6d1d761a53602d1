package dev.spanwise.analyzer.trace;

import dev.spanwise.instrumentation.fingerprint.Statement;
import org.jspecify.annotations.Nullable;

/** Spans as tests need them; times are milliseconds. */
public final class Spans {

  private static final long MS = 1_000_000;

  private Spans() {}

  public static TraceId trace(long id) {
    return new TraceId(1, id);
  }

  public static Span request(TraceId trace, long id, String route, long startMs, long endMs) {
    return span(trace, id, 0, SpanKind.SERVER, route, null, null, startMs, endMs);
  }

  public static Span read(
      TraceId trace, long id, long parent, String read, long startMs, long endMs) {
    return span(trace, id, parent, SpanKind.INTERNAL, null, read, null, startMs, endMs);
  }

  public static Span call(
      TraceId trace,
      long id,
      long parent,
      String sql,
      @Nullable Integer pid,
      long startMs,
      long endMs) {
    DatabaseCall call = new DatabaseCall(DatabaseSystem.POSTGRESQL, Statement.of(sql), null, pid);
    return span(trace, id, parent, SpanKind.CLIENT, null, null, call, startMs, endMs);
  }

  private static Span span(
      TraceId trace,
      long id,
      long parent,
      SpanKind kind,
      @Nullable String route,
      @Nullable String read,
      @Nullable DatabaseCall call,
      long startMs,
      long endMs) {
    return new Span(
        trace,
        id,
        parent,
        "api",
        "span",
        kind,
        startMs * MS,
        endMs * MS,
        false,
        route,
        read,
        call,
        null,
        SpanLinks.NONE);
  }
}
