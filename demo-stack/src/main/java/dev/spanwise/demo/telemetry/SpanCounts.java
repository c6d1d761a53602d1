package dev.spanwise.demo.telemetry;

/**
 * What became of the spans so far.
 *
 * @param ended spans that were recorded to their end
 * @param delivered those that the receiver accepted
 */
public record SpanCounts(long ended, long delivered) {
  /** Of a service that does not run. */
  public static final SpanCounts NONE = new SpanCounts(0, 0);

  /** Of both services. */
  public SpanCounts plus(SpanCounts other) {
    return new SpanCounts(ended + other.ended, delivered + other.delivered);
  }

  /** Spans that were lost on the way, after a flush. */
  public long dropped() {
    return ended - delivered;
  }
}
