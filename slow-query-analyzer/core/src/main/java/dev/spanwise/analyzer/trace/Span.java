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
    @Nullable DatabaseCall call) {

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

  /** A span id as 16 lower-case hexadecimal digits. */
  public static String format(long spanId) {
    return HexFormat.of().toHexDigits(spanId);
  }
}
