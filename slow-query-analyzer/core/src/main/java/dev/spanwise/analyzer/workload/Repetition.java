package dev.spanwise.analyzer.workload;

import java.util.List;

/**
 * How a statement repeats within requests, over the requests in which it ran at least {@link
 * WorkloadLimits#REPEATED_CALLS} times and took {@link WorkloadLimits#REPEATED_NANOS} or more.
 *
 * @param requests such requests
 * @param calls calls in them
 * @param callNanos time that these calls took
 * @param longestNanos time that the longest call of each took
 * @param requestNanos time that these requests took
 * @param worst the requests that lost most time to it, worst first
 */
public record Repetition(
    long requests,
    long calls,
    long callNanos,
    long longestNanos,
    long requestNanos,
    List<RepeatedCalls> worst) {

  public Repetition {
    worst = List.copyOf(worst);
  }
}
