package dev.spanwise.analyzer.link;

import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.trace.TraceContext;
import dev.spanwise.analyzer.trace.TraceId;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What names a span in a log's entry.
 *
 * @param traceId its trace; null where only the span's id is given
 * @param spanId the id of the span or of its parent
 */
record SpanName(@Nullable TraceId traceId, long spanId) {

  /**
   * A <a href="https://www.w3.org/TR/trace-context/#traceparent-header">traceparent</a>, of which
   * PostgreSQL may have cut the end (it keeps 63 bytes), or a span's id alone.
   */
  private static final Pattern IN_APPLICATION_NAME =
      Pattern.compile(
          "(?<![0-9a-f])(?:(?:[0-9a-f]{2}-)?([0-9a-f]{32})-)?([0-9a-f]{16})(?![0-9a-f])");

  static @Nullable SpanName of(@Nullable TraceContext context) {
    return context == null ? null : new SpanName(context.traceId(), context.spanId());
  }

  /** What an {@code application_name} names; null where it holds no id. */
  static @Nullable SpanName inApplicationName(@Nullable String name) {
    if (name == null || name.length() < 16) {
      return null;
    }
    Matcher matcher = IN_APPLICATION_NAME.matcher(name);
    if (!matcher.find()) {
      return null;
    }
    String trace = matcher.group(1);
    return new SpanName(
        trace == null
            ? null
            : new TraceId(
                HexFormat.fromHexDigitsToLong(trace, 0, 16),
                HexFormat.fromHexDigitsToLong(trace, 16, 32)),
        HexFormat.fromHexDigitsToLong(matcher.group(2)));
  }

  /** OpenTelemetry's comment names the parent of a database span, others the span itself. */
  boolean names(Span span) {
    return (traceId == null || traceId.equals(span.traceId()))
        && (spanId == span.spanId() || spanId == span.parentSpanId());
  }
}
