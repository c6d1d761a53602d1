package dev.spanwise.instrumentation.read;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * What the result sets of one read have fetched so far. Result sets hold on to this and not to the
 * read: one that is never closed keeps two counters alive and no span. Safe for use by several
 * threads.
 */
public final class FetchedRows {
  private static final AtomicLongFieldUpdater<FetchedRows> ROWS =
      AtomicLongFieldUpdater.newUpdater(FetchedRows.class, "rows");
  private static final AtomicLongFieldUpdater<FetchedRows> NANOS =
      AtomicLongFieldUpdater.newUpdater(FetchedRows.class, "nanos");
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private volatile long rows;
  private volatile long nanos;

  FetchedRows() {}

  public void addRow() {
    ROWS.getAndIncrement(this);
  }

  /** Adds time that was spent waiting for rows. */
  public void addNanos(long waited) {
    NANOS.getAndAdd(this, waited);
  }

  long rows() {
    return rows;
  }

  double seconds() {
    return nanos / NANOS_PER_SECOND;
  }
}
