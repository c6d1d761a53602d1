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

  /**
   * Rows that one start of an index scan throws away: to find the way down the index takes as long
   * as to fetch a few.
   */
  public static final double DISCARDED_ROWS_OF_A_START = 10;

  /** Share of the execution time: a node below it does not explain a slow statement. */
  public static final double EXPLAINS_SHARE = 0.2;

  /**
   * Milliseconds of one search by a foreign key: an index takes hundredths, and reading some 50,000
   * rows takes this.
   */
  public static final double SEARCH_WITHOUT_INDEX_MS = 5;

  /** Milliseconds of one execution: what costs less is lost among the calls of a request. */
  public static final double LOST_MS = 5;

  /**
   * Bytes of memory advised for one sort or hash: each process of each statement at work may take
   * as much, so that more is not for a setting to give.
   */
  public static final double MEMORY_BYTES = 1L << 30;

  /**
   * Share of the execution time in just-in-time compilation: compiled expressions hardly make the
   * rest more than half as fast again, which pays for a third of the whole.
   */
  public static final double COMPILING_SHARE = 1.0 / 3;

  /** Planning time for each time of execution: it takes at least half of the call. */
  public static final double PLANNING_PER_EXECUTION = 1;

  /**
   * Partitions or joined tables from which on their number is why planning takes long: so many
   * tables are put into every order by default (join_collapse_limit).
   */
  public static final int PLANNED_RELATIONS = 8;

  /**
   * Milliseconds of planning where nothing shows why: the first statements of a connection load the
   * catalogue's entries, which takes some ten.
   */
  public static final double UNEXPLAINED_PLANNING_MS = 100;

  /** Milliseconds to read a block from a disk where nothing measured it. */
  public static final double READ_BLOCK_MS = 0.1;

  /**
   * Blocks: fewer that take long are a disk or a processor that was busy just then, not what the
   * statement reads.
   */
  public static final double FEWEST_READS = 10;

  /** Share of a node's own time in reads, from which on it waits for them. */
  public static final double READING_SHARE = 1.0 / 3;

  /**
   * Milliseconds to take a block from the operating system's cache: a call and a copy, measured as
   * 3 microseconds on an idle machine.
   */
  public static final double CACHED_BLOCK_MS = 0.005;

  /** The same since PostgreSQL 17, which reads several blocks by one call: measured as 1. */
  public static final double COMBINED_CACHED_BLOCK_MS = 0.002;

  /**
   * Milliseconds to read a block: the operating system's cache takes some microseconds, the fastest
   * disks about a hundred.
   */
  public static final double DISK_BLOCK_MS = 0.02;

  /** Milliseconds to read a block at most where no read was timed: a seek of a rotating disk. */
  public static final double SLOW_READ_MS = 10;

  /**
   * Blocks that a row takes at most where none were counted: its own and those of its entries in
   * some indexes.
   */
  public static final double UNCOUNTED_BLOCKS_OF_A_ROW = 10;

  /**
   * Milliseconds to write a row at most where its blocks were not counted: a text of two megabytes
   * in a trigram index was measured to take three hundred.
   */
  public static final double LARGE_ROW_MS = 3_000;

  /** Blocks that writing a row touches, from which on its values are large: few have 30 indexes. */
  public static final double BLOCKS_OF_A_LARGE_ROW = 100;

  /**
   * Milliseconds for each block of a large row at most, splitting its values up included: measured
   * as 0.1 for a trigram index.
   */
  public static final double LARGE_ROW_BLOCK_MS = 0.5;

  /**
   * Rows left out by OFFSET: ten pages of a hundred. Below, a page costs little more than the first
   * one.
   */
  public static final double SKIPPED_ROWS = 1_000;

  /** Rows into a sort for each row that LIMIT lets out. */
  public static final double SORTED_ROWS_PER_ROW = 100;

  /**
   * Runs of a subplan that each read rows of their own: a page has a hundred rows at most, and a
   * run by an index takes some microseconds.
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

  /** Rows that a scan hands over in a millisecond at least, whatever it filters by. */
  public static final double SCANNED_ROWS_PER_MS = 5_000;

  /** Bytes that a scan reads in a millisecond at least, where they are not in memory. */
  public static final double SCANNED_BYTES_PER_MS = 500_000;

  /** How many times quicker another way to the same rows has to be before a choice was bad. */
  public static final double BETTER_CHOICE = 2;

  /**
   * A table's size as a multiple of what its rows need: a fill factor of 50, or the room that
   * autovacuum usually leaves, makes it two.
   */
  public static final double BLOAT_FACTOR = 4;

  /** Bytes of a table without a row: reading fewer takes about a millisecond. */
  public static final double BLOATED_BYTES = 8L << 20;

  /** Milliseconds of a wait: below, a slow write or a busy processor does the same. */
  public static final double WAITED_MS = 100;

  /**
   * Milliseconds of a parse on a server whose memory is cold: a hundred blocks of the catalogue,
   * each a seek of a rotating disk. More is a wait for a lock, whatever the statement read.
   */
  public static final double COLD_PARSE_MS = 1_000;

  /** Milliseconds to write a row, its index entries and its log records at most. */
  public static final double WRITTEN_ROW_MS = 0.1;

  /**
   * Share of a table's rows that are dead: half of what autovacuum waits for by default
   * (autovacuum_vacuum_scale_factor), since they often lie where one index begins.
   */
  public static final double DEAD_SHARE = 0.1;

  /** Blocks that an index scan touches for each row, from which on it passes dead entries. */
  public static final double BLOCKS_PER_ROW = 10;

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

  /**
   * Rows for each value of the first of a foreign key's columns, up to which an index on that alone
   * finds the referencing rows: reading as many takes a fraction of a millisecond.
   */
  public static final double REFERENCING_ROWS = 1_000;

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
