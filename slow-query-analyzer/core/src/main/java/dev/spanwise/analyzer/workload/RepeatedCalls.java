package dev.spanwise.analyzer.workload;

import dev.spanwise.analyzer.trace.TraceId;

/**
 * The calls of one kind within one request.
 *
 * @param traceId the request's trace
 * @param requestSpanId the request's span
 * @param calls how many there were
 * @param callNanos time that at least one of these calls was under way
 * @param longestNanos what would still be needed: the longest of these calls, or the longest with
 *     each text
 * @param requestNanos the request's duration
 */
public record RepeatedCalls(
    TraceId traceId,
    long requestSpanId,
    long calls,
    long callNanos,
    long longestNanos,
    long requestNanos) {}
