package dev.spanwise.analyzer.plan;

import dev.spanwise.instrumentation.fingerprint.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A plan that a server logged (auto_explain) for a statement that it had executed.
 *
 * @param source log file or stream
 * @param place line or record number of the entry
 * @param backendPid process id of the backend
 * @param loggedNanos when the entry was written, nanoseconds since the epoch, cut off to the log's
 *     precision: the end of the execution
 * @param precisionNanos the log's precision: a millisecond for {@code %m}, a second for {@code %t}
 * @param durationNanos how long the executor ran
 * @param statement the logged statement, normalised; null where the log has none
 * @param plan the plan
 */
public record ExecutedPlan(
    String source,
    String place,
    int backendPid,
    long loggedNanos,
    long precisionNanos,
    long durationNanos,
    @Nullable Statement statement,
    Plan plan) {}
