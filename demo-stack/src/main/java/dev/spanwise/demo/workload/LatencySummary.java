package dev.spanwise.demo.workload;

import java.time.Duration;
import java.util.Arrays;

/**
 * The latencies of one read. Percentiles are of the nearest rank: each is a latency that a request
 * had; zero if none was answered.
 *
 * @param count requests that were answered with 200; the percentiles are theirs
 * @param errors requests that were answered otherwise, or not at all
 */
public record LatencySummary(
    long count, long errors, Duration p50, Duration p95, Duration p99, Duration max) {

  static LatencySummary of(long[] latenciesNanos, long errors) {
    long[] sorted = latenciesNanos.clone();
    Arrays.sort(sorted);
    return new LatencySummary(
        sorted.length,
        errors,
        percentile(sorted, 50),
        percentile(sorted, 95),
        percentile(sorted, 99),
        percentile(sorted, 100));
  }

  private static Duration percentile(long[] sorted, int percent) {
    if (sorted.length == 0) {
      return Duration.ZERO;
    }
    int rank = (int) Math.ceil(sorted.length * percent / 100.0);
    return Duration.ofNanos(sorted[rank - 1]);
  }
}
