package dev.spanwise.benchmarks.stub;

import dev.spanwise.delegation.Delegates;
import java.sql.ResultSet;
import java.sql.Statement;

/** One row, each of whose columns is {@link StubDataSource#VALUE}. */
@Delegates
abstract class StubResultSet implements ResultSet {
  private static final ResultSet ABSENT = Absent.of(ResultSet.class);

  final ResultSet delegate = ABSENT;
  private final Statement statement;
  private boolean read;

  StubResultSet(Statement statement) {
    this.statement = statement;
  }

  @Override
  public boolean next() {
    boolean first = !read;
    read = true;
    return first;
  }

  @Override
  public int getInt(int column) {
    return (int) StubDataSource.VALUE;
  }

  @Override
  public long getLong(int column) {
    return StubDataSource.VALUE;
  }

  @Override
  public boolean wasNull() {
    return false;
  }

  @Override
  public Statement getStatement() {
    return statement;
  }

  @Override
  public void close() {}
}
