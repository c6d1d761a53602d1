package dev.spanwise.analyzer.link;

/**
 * The clock of the server that wrote a log, against the clock of the spans.
 *
 * @param aheadNanos how far it is ahead
 * @param uncertaintyNanos by how much that may be wrong
 * @param settled whether that is known; otherwise no time of this log is sure
 */
record ServerClock(long aheadNanos, long uncertaintyNanos, boolean settled) {

  /** Chance votes narrow a difference that is found beyond the truth. */
  private static final long RESIDUE_NANOS = 3_000_000;

  /** Both clocks agree. */
  static final ServerClock SAME = new ServerClock(0, 0, true);

  /** By how much more times may be wrong, where nothing but time says whose an execution is. */
  long residueNanos() {
    return aheadNanos == 0 ? 0 : RESIDUE_NANOS;
  }

  /** Whether another finding may tell of the same. */
  boolean mayBe(ServerClock other) {
    return Math.abs(aheadNanos - other.aheadNanos)
        <= uncertaintyNanos + other.uncertaintyNanos + Window.SLACK_NANOS;
  }

  /** Both clocks seem to differ, by how much is not known. */
  static final ServerClock UNKNOWN = new ServerClock(0, 0, false);
}
