package dev.spanwise.analyzer.workload;

import java.util.List;

/**
 * How calls of one kind repeat within requests, over the requests in which there were enough of
 * them and they took {@link WorkloadLimits#REPEATED_NANOS} or more. Enough are {@link
 * WorkloadLimits#REPEATED_CALLS} of a statement, {@link WorkloadLimits#IDENTICAL_CALLS} of one with
 * the same literals.
 *
 * @param requests such requests
 * @param calls calls in them
 * @param callNanos time that these calls took
 * @param longestNanos time that these requests would still need: that of the longest call of each,
 *     or of the longest with each text
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
