package dev.spanwise.analyzer.workload;

/** What bounds a workload's memory. */
public final class WorkloadLimits {

  /** Spans that wait for the rest of their trace: about 20 MB. */
  public static final int WAITING_SPANS = 100_000;

  /**
   * Distinct queries; the calls of any further one are counted as left out: a latency sketch takes
   * some 4 kB.
   */
  public static final int QUERIES = 5_000;

  /** Slow spans kept for each query; the slowest stay. */
  public static final int SLOW_SPANS_OF_A_QUERY = 200;

  /** Slow spans that each query may keep, however many the others hold. */
  static final int SLOW_SPANS_OF_ANY_QUERY = 20;

  /** Slow spans kept in all, those apart. */
  public static final int SLOW_SPANS = 20_000;

  /** Calls of one statement in one request from which on they are looked at as a repetition. */
  public static final int REPEATED_CALLS = 10;

  /**
   * Nanoseconds that these calls must take for the request to be counted: less is not worth a
   * change.
   */
  public static final long REPEATED_NANOS = 10_000_000;

  /**
   * Calls of one statement with the same literals in one request from which on they are looked at:
   * a second call may read again what was written in between.
   */
  public static final int IDENTICAL_CALLS = 3;

  /**
   * Share of the calls beyond the first that must have been made before with the same literals, so
   * that reading each once mends nearly as much as one statement for all.
   */
  static final double IDENTICAL_SHARE = 0.9;

  /**
   * Nanoseconds that getting a connection must take for the request to be counted: a pool that has
   * one hands it out in microseconds.
   */
  public static final long WAITED_NANOS = 10_000_000;

  /** Endpoints whose waits for a connection are told apart; further ones are added up as one. */
  static final int ENDPOINTS = 1_000;

  /** Names kept of the spans that stand for getting connections, of each endpoint. */
  static final int SPAN_NAMES = 8;

  /** Quick calls kept of each query that repeats, to find the plan that is slow by repetition. */
  public static final int REPEATED_SPANS_OF_A_QUERY = 20;

  /** Requests kept as examples of a repetition. */
  static final int REPEATING_REQUESTS = 5;

  /** Whole traces kept as examples, one for each endpoint. */
  public static final int TRACES = 20;

  /** Spans kept of each; how many more there were is counted. */
  public static final int SPANS_OF_A_TRACE = 200;

  /** Spans of traces that others may yet join: what links to them, or what comes late. */
  static final int JOINABLE_SPANS = 5_000;

  private WorkloadLimits() {}
}
