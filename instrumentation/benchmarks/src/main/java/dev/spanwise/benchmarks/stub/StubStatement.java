package dev.spanwise.benchmarks.stub;

import dev.spanwise.delegation.Delegates;
import java.sql.PreparedStatement;
import java.sql.ResultSet;

/** A statement with one row for an answer. */
@Delegates
abstract class StubStatement implements PreparedStatement {
  private static final PreparedStatement ABSENT = Absent.of(PreparedStatement.class);

  final PreparedStatement delegate = ABSENT;

  StubStatement() {}

  @Override
  public ResultSet executeQuery() {
    return new DelegatingStubResultSet(this);
  }

  @Override
  public void setLong(int parameter, long value) {}

  @Override
  public void close() {}
}
