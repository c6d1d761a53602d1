package dev.spanwise.analyzer.trace;

/**
 * The span that a <a href="https://www.w3.org/TR/trace-context/#traceparent-header">traceparent</a>
 * names.
 *
 * @param traceId its trace
 * @param spanId its id, big-endian
 */
public record TraceContext(TraceId traceId, long spanId) {}
