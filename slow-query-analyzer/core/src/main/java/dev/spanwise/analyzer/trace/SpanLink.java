package dev.spanwise.analyzer.trace;

/**
 * A span's name for another one, in its own trace or in a second.
 *
 * @param traceId the other span's trace
 * @param spanId its id, big-endian
 */
public record SpanLink(TraceId traceId, long spanId) {}
