package dev.spanwise.instrumentation.jdbc;

import dev.spanwise.delegation.Delegates;
import dev.spanwise.instrumentation.read.FetchedRows;
import dev.spanwise.instrumentation.read.RunningRead;
import io.opentelemetry.context.Context;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgResultSet;

/**
 * Counts the rows of a named read, and the time they took to come.
 *
 * <p>The driver has the first portion of rows when the statement has been executed, and asks for
 * the next one in the call of {@code next()} that finds the portion used up. After how many rows
 * that is, it says itself. Only those calls look at the clock: twice for every row would cost more
 * than the row.
 */
@Delegates
abstract class WatchedResultSet extends Watched<ResultSet> implements ResultSet {
  private static final long NEVER = Long.MAX_VALUE;

  private final Statement statement;
  private final FetchedRows fetched;

  private long row;
  private long lastRowOfPortion;

  WatchedResultSet(ResultSet delegate, Statement statement, FetchedRows fetched)
      throws SQLException {
    super(delegate);
    this.statement = statement;
    this.fetched = fetched;
    this.lastRowOfPortion = afterAnotherPortion();
  }

  /** The result set itself, where no named read is running. */
  static ResultSet watch(ResultSet rows, Statement statement) {
    try {
      RunningRead read = RunningRead.of(Context.current());
      return read == null ? rows : new DelegatingWatchedResultSet(rows, statement, read.fetched());
    } catch (Throwable e) {
      // Counted or not, the rows are there.
      return rows;
    }
  }

  private long afterAnotherPortion() throws SQLException {
    return delegate instanceof PgResultSet driver && driver.getFetchSize() > 0
        ? row + driver.getLastUsedFetchSize()
        : NEVER;
  }

  @Override
  public boolean next() throws SQLException {
    return row == lastRowOfPortion ? nextPortion() : counted(delegate.next());
  }

  private boolean counted(boolean there) {
    if (there) {
      row++;
      fetched.addRow();
    }
    return there;
  }

  private boolean nextPortion() throws SQLException {
    long start = System.nanoTime();
    try {
      boolean there = delegate.next();
      lastRowOfPortion = afterAnotherPortion();
      return counted(there);
    } finally {
      fetched.addNanos(System.nanoTime() - start);
    }
  }

  @Override
  public @Nullable Statement getStatement() throws SQLException {
    return delegate.getStatement() == null ? null : statement;
  }
}
