package dev.spanwise.instrumentation.jdbc;

import dev.spanwise.delegation.Delegates;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Likewise for what executes without a text. */
@Delegates
abstract class WatchedPreparedStatement<S extends PreparedStatement> extends WatchedStatement<S>
    implements PreparedStatement {
  WatchedPreparedStatement(S delegate, Connection connection, Backend backend) {
    super(delegate, connection, backend);
  }

  @Override
  public ResultSet executeQuery() throws SQLException {
    backend.record();
    return WatchedResultSet.watch(delegate.executeQuery(), this);
  }

  @Override
  public boolean execute() throws SQLException {
    backend.record();
    return delegate.execute();
  }

  @Override
  public int executeUpdate() throws SQLException {
    backend.record();
    return delegate.executeUpdate();
  }

  @Override
  public long executeLargeUpdate() throws SQLException {
    backend.record();
    return delegate.executeLargeUpdate();
  }
}
