package dev.spanwise.analyzer.rule;

/** Every bound that a rule applies, with its unit and its reason. */
public final class Thresholds {

  /**
   * Milliseconds a call: a person notices a second (Nielsen's limit for an uninterrupted flow of
   * thought).
   */
  public static final double CRITICAL_LOST_MS = 1_000;

  /**
   * Milliseconds a call: the usual threshold of a slow query, and of an answer that feels instant.
   */
  public static final double HIGH_LOST_MS = 100;

  /** Milliseconds a call: a fifth of what feels instant; below, the network costs as much. */
  public static final double MEDIUM_LOST_MS = 20;

  /** Rows: reading fewer takes about a millisecond, which no index is worth. */
  public static final double DISCARDED_ROWS = 10_000;

  /**
   * Share of the rows read: a b-tree fetches one row in ten about as fast as a scan reads all ten.
   */
  public static final double DISCARDED_SHARE = 0.9;

  /** Share of the execution time: a node below it does not explain a slow statement. */
  public static final double EXPLAINS_SHARE = 0.2;

  /**
   * Rows left out by OFFSET: ten pages of a hundred. Below, a page costs little more than the first
   * one.
   */
  public static final double SKIPPED_ROWS = 1_000;

  /** Rows into a sort for each row that LIMIT lets out. */
  public static final double SORTED_ROWS_PER_ROW = 100;

  /**
   * Runs of a subplan: a page has a hundred rows at most, and a run by an index takes some
   * microseconds.
   */
  public static final double SUBPLAN_RUNS = 1_000;

  /** Fetches of an index-only scan from the table: fewer take about a millisecond from memory. */
  public static final double HEAP_FETCHES = 10_000;

  /**
   * Share of an index-only scan's rows that were fetched: below, it is an index-only scan still.
   */
  public static final double HEAP_FETCHES_SHARE = 0.5;

  /** Partitions read for nothing: fewer may be the neighbours of what was asked for. */
  public static final double BARREN_PARTITIONS = 3;

  /** Share of the partitions read: most of them gave nothing. */
  public static final double BARREN_PARTITIONS_SHARE = 0.5;

  /** Starts of the inner side of a nested loop from which on it repeats. */
  public static final double REPEATED_LOOPS = 10;

  /** Rows read by all repetitions of a scan. */
  public static final double REPEATED_ROWS = 100_000;

  /**
   * Factor between the rows expected and the rows seen: planners' usual errors stay below (Leis and
   * others, VLDB 2015).
   */
  public static final double MISESTIMATE_FACTOR = 10;

  /** Rows seen or expected: below, a wrong estimate costs nothing. */
  public static final double MISESTIMATED_ROWS = 1_000;

  /**
   * Share of a table's rows changed since ANALYZE: twice autovacuum_analyze_scale_factor's default.
   */
  public static final double STALE_SHARE = 0.2;

  /**
   * Calls of one statement in one request, on average: pages show up to about ten items by separate
   * reads.
   */
  public static final double REPEATED_CALLS = 10;

  /** Milliseconds that repeated calls, or getting connections, cost a request. */
  public static final double REPEATED_CALLS_MS = 50;

  /**
   * Share of the request's time that repeated calls, or getting connections, take, where the
   * request itself is slow.
   */
  public static final double REPEATED_CALLS_SHARE = 0.3;

  /** Rows that one call returns: no page shows as many, and a screen holds about fifty. */
  public static final double RETURNED_ROWS = 10_000;

  /**
   * Share of a call's time that handing its rows out takes: the larger part of what is waited for.
   */
  public static final double SENDING_SHARE = 0.5;

  /** Days without a scan: some queries run once a month, and a few days late. */
  public static final long UNUSED_DAYS = 35;

  /** Bytes of an index: a smaller one stays in memory, and hardly shows in what a write costs. */
  public static final long UNUSED_BYTES = 1L << 20;

  /**
   * Reads of a table, by whatever way, before the lack of an index's scans says anything: a
   * restored database has none, and hardly any has one that is read less than thirty times a day.
   */
  public static final long TELLING_READS = 1_000;

  /** Findings that a rule on the catalogue shows: more than anybody mends at a time. */
  public static final int CATALOGUE_FINDINGS = 20;

  private Thresholds() {}
}
