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

  /** A call whose text tells its values. */
  public static Span callWithText(
      TraceId trace, long id, long parent, String sql, long startMs, long endMs) {
    DatabaseCall call =
        new DatabaseCall(
            DatabaseSystem.POSTGRESQL, Statement.of(sql), null, 7, (long) sql.hashCode(), null);
    return span(trace, id, parent, SpanKind.CLIENT, null, null, call, startMs, endMs);
  }

  /** Any other span, such as that of getting a connection. */
  public static Span internal(
      TraceId trace, long id, long parent, String name, long startMs, long endMs) {
    return named(trace, id, parent, SpanKind.INTERNAL, name, null, null, null, startMs, endMs);
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
    return named(trace, id, parent, kind, "span", route, read, call, startMs, endMs);
  }

  private static Span named(
      TraceId trace,
      long id,
      long parent,
      SpanKind kind,
      String name,
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
        name,
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
