package dev.spanwise.demo.workload;

import dev.spanwise.demo.api.Read;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * What the measured requests of a workload saw.
 *
 * @param latencies of every read, in the order of {@link Read}
 * @param elapsed from the first measured request to the last answer
 * @param complete whether all requests were sent before the time limit
 */
public record WorkloadResult(
    Map<Read, LatencySummary> latencies, Duration elapsed, boolean complete) {
  public WorkloadResult {
    latencies = Collections.unmodifiableMap(new EnumMap<>(latencies));
  }

  /** The latencies of one read. */
  public LatencySummary of(Read read) {
    return Objects.requireNonNull(latencies.get(read), () -> "not measured: " + read);
  }
}
