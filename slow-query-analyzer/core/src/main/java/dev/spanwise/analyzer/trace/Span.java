package dev.spanwise.analyzer.trace;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One span, reduced to what the analysis needs.
 *
 * @param traceId the trace that it belongs to
 * @param spanId its id, big-endian
 * @param parentSpanId its parent's id; 0 where it has none
 * @param service {@code service.name} of the resource; null where the resource has none
 * @param name the span's name
 * @param kind the span's kind
 * @param startNanos start, nanoseconds since the epoch
 * @param endNanos end, nanoseconds since the epoch, never before the start
 * @param failed whether its status is ERROR
 * @param route for a server span the request it answers, such as {@code GET /accounts/{id}} ({@code
 *     http.request.method} and {@code http.route}); null elsewhere
 * @param read {@code spanwise.read.name}: the named read that it stands for; null on any other span
 * @param call what it called, for a database client span; null elsewhere
 * @param messaging what it did with a message, for a messaging span; null elsewhere
 * @param links the other spans that it names
 */
public record Span(
    TraceId traceId,
    long spanId,
    long parentSpanId,
    @Nullable String service,
    String name,
    SpanKind kind,
    long startNanos,
    long endNanos,
    boolean failed,
    @Nullable String route,
    @Nullable String read,
    @Nullable DatabaseCall call,
    @Nullable Messaging messaging,
    SpanLinks links) {

  public Span {
    if (endNanos < startNanos) {
      throw new IllegalArgumentException("endNanos is before startNanos");
    }
  }

  public long durationNanos() {
    return endNanos - startNanos;
  }

  public boolean isRoot() {
    return parentSpanId == 0;
  }

  /**
   * The name to show. That of a database span may hold literals: its normalised statement stands
   * for it, or what is known of the command.
   */
  public String shownName() {
    if (call == null) {
      return name;
    }
    if (call.statement() != null) {
      return call.statement().text();
    }
    return call.command() == null ? "database call" : call.command();
  }

  /** A span id as 16 lower-case hexadecimal digits. */
  public static String format(long spanId) {
    return HexFormat.of().toHexDigits(spanId);
  }
}
