package dev.spanwise.demo.telemetry;

/**
 * What became of the spans so far.
 *
 * @param ended spans that were recorded to their end
 * @param delivered those that the receiver accepted
 */
public record SpanCounts(long ended, long delivered) {
  /** Spans that were lost on the way, after a flush. */
  public long dropped() {
    return ended - delivered;
  }
}
