package dev.spanwise.analyzer.workload;

import dev.spanwise.analyzer.trace.TraceId;

/**
 * The calls of one statement within one request.
 *
 * @param traceId the request's trace
 * @param requestSpanId the request's span
 * @param calls how often the statement ran
 * @param callNanos time that at least one of these calls was under way
 * @param longestNanos the longest of these calls: what one statement in their place would take
 * @param requestNanos the request's duration
 */
public record RepeatedCalls(
    TraceId traceId,
    long requestSpanId,
    long calls,
    long callNanos,
    long longestNanos,
    long requestNanos) {}
