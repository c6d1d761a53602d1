package dev.spanwise.analyzer.execution;

import dev.spanwise.analyzer.trace.TraceContext;
import dev.spanwise.instrumentation.fingerprint.Statement;
import org.jspecify.annotations.Nullable;

/**
 * What every entry of a server's log has in common.
 *
 * @param source log file or stream
 * @param place line or record number of the entry
 * @param backendPid process id of the backend
 * @param atNanos when the entry was written, nanoseconds since the epoch, cut off to the log's
 *     precision: the end of what it tells of
 * @param precisionNanos the log's precision: a millisecond for {@code %m}, a second for {@code %t}
 * @param applicationName {@code application_name} of the session; null where the log has none
 * @param statement the statement that the entry names, normalised; null where it names none
 * @param traceContext what the statement's comment says of the span that sent it; null where it has
 *     no such comment
 */
public record Logged(
    String source,
    String place,
    int backendPid,
    long atNanos,
    long precisionNanos,
    @Nullable String applicationName,
    @Nullable Statement statement,
    @Nullable TraceContext traceContext) {}
