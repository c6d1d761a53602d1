package dev.spanwise.demo.workload;

import java.time.Duration;

/**
 * What to send.
 *
 * @param seed the same seed gives the same requests in the same order
 * @param accounts requests ask for accounts 1 to this number
 * @param clients how many requests are under way at once
 * @param warmUp how long requests are sent that are not measured, for caches and the just-in-time
 *     compiler; a time, so that a fast service is as warm as a slow one
 * @param requests sent then and measured
 * @param timeLimit for all of them: no request is begun after it
 */
public record WorkloadSettings(
    long seed, int accounts, int clients, Duration warmUp, int requests, Duration timeLimit) {
  /** What the demo sends: 120 requests to each of the slow reads. */
  public static final WorkloadSettings DEMO =
      new WorkloadSettings(
          20_261_122, 10_000, 4, Duration.ofSeconds(6), 600, Duration.ofMinutes(2));

  public WorkloadSettings {
    if (accounts < 1 || clients < 1 || requests < 1) {
      throw new IllegalArgumentException(
          "a workload needs an account, a client and a request at least");
    }
  }
}
