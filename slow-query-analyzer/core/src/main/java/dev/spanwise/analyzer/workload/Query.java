package dev.spanwise.analyzer.workload;

import dev.spanwise.analyzer.trace.DatabaseSystem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statement shape with its calls. Quantiles are within one per cent of the true value.
 *
 * @param key the statement and what it was run for
 * @param system the database that it was sent to
 * @param text normalised text
 * @param calls calls seen
 * @param failures calls that ended in an error
 * @param totalMs time of all calls
 * @param p50Ms median
 * @param p95Ms 95th percentile
 * @param p99Ms 99th percentile
 * @param maxMs slowest call
 * @param slowCalls calls at or above the threshold
 * @param slowMs time of these
 * @param slowest the slowest of these, slowest first, at most {@link
 *     WorkloadLimits#SLOW_SPANS_OF_A_QUERY}
 * @param repetition how it repeats within requests, with other values as far as is known; null
 *     where it does not
 * @param identical how it repeats within requests with the very same literals; null where it does
 *     not, or where no call tells its values
 * @param repeated of the calls below the threshold that repeat within requests, the longest,
 *     longest first, at most {@link WorkloadLimits#REPEATED_SPANS_OF_A_QUERY}
 * @param slowed the requests that it made slow; null where there are none
 */
public record Query(
    QueryKey key,
    DatabaseSystem system,
    String text,
    long calls,
    long failures,
    double totalMs,
    double p50Ms,
    double p95Ms,
    double p99Ms,
    double maxMs,
    long slowCalls,
    double slowMs,
    List<SlowSpan> slowest,
    @Nullable Repetition repetition,
    @Nullable Repetition identical,
    List<SlowSpan> repeated,
    @Nullable SlowedRequests slowed) {

  public Query {
    slowest = List.copyOf(slowest);
    repeated = List.copyOf(repeated);
  }

  /** How it repeats within requests, with whatever values; null where it does not. */
  public @Nullable Repetition anyRepetition() {
    return repetition == null ? identical : repetition;
  }
}
