package dev.spanwise.testing.otlp;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A span as it was exported.
 *
 * @param traceId 32 digits of hexadecimal, in lower case
 * @param spanId 16 digits of hexadecimal, in lower case
 * @param parentSpanId null for a root
 * @param statusDescription empty where none was said
 * @param resource the attributes of what made the span, such as {@code service.name}
 */
public record ExportedSpan(
    String name,
    SpanKind kind,
    String traceId,
    String spanId,
    @Nullable String parentSpanId,
    Instant start,
    Instant end,
    Attributes attributes,
    List<Event> events,
    List<Link> links,
    StatusCode status,
    String statusDescription,
    Attributes resource,
    Scope scope) {

  /** Copies the lists. */
  public ExportedSpan {
    events = List.copyOf(events);
    links = List.copyOf(links);
  }

  /** Something that happened in a span. */
  public record Event(String name, Instant time, Attributes attributes) {}

  /** A span that another one names beside its parent. */
  public record Link(String traceId, String spanId, Attributes attributes) {}
}
