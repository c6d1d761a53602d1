package dev.spanwise.analyzer.workload;

/**
 * The requests that a statement's calls made slow: those in which they took the threshold or more
 * together.
 *
 * @param requests such requests, of which the own span is known
 * @param calls calls in them
 * @param callNanos time that at least one of these calls was under way
 * @param requestNanos time that these requests took
 */
public record SlowedRequests(long requests, long calls, long callNanos, long requestNanos) {

  /** Calls in one such request, on average. */
  public double callsOfARequest() {
    return (double) calls / requests;
  }

  /** Share of the requests' time that the calls took, 0 to 1. */
  public double share() {
    return requestNanos <= 0 ? 1 : Math.min(1, (double) callNanos / requestNanos);
  }
}
