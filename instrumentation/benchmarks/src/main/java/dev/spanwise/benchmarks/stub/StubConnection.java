package dev.spanwise.benchmarks.stub;

import dev.spanwise.delegation.Delegates;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** A connection to nowhere, served by one process that has an id. */
@Delegates
abstract class StubConnection implements Connection {
  private static final int PID = (int) StubDataSource.VALUE;

  final Connection delegate =
      Absent.answering(
          Connection.class,
          Map.of(
              "getCatalog",
              "stub",
              "getSchema",
              "public",
              "getTransactionIsolation",
              Connection.TRANSACTION_READ_COMMITTED,
              "getNetworkTimeout",
              0,
              "isReadOnly",
              false,
              "isValid",
              true));

  private final DatabaseMetaData metaData = new DelegatingStubMetaData();

  private final BaseConnection driver =
      Absent.answering(
          BaseConnection.class,
          Map.of(
              "getBackendPID",
              PID,
              "getTransactionState",
              TransactionState.IDLE,
              "getNetworkTimeout",
              0,
              "isClosed",
              false,
              "execSQLQuery",
              new DelegatingStubResultSet(Absent.of(Statement.class))));

  StubConnection() {}

  @Override
  public PreparedStatement prepareStatement(String sql) {
    return new DelegatingStubStatement();
  }

  @Override
  public DatabaseMetaData getMetaData() {
    return metaData;
  }

  @Override
  public boolean getAutoCommit() {
    return true;
  }

  @Override
  public void clearWarnings() {}

  @Override
  public boolean isClosed() {
    return false;
  }

  @Override
  public void close() {}

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (!type.isInstance(driver)) {
      throw new SQLException("the stub is no " + type);
    }
    return type.cast(driver);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(driver);
  }
}
