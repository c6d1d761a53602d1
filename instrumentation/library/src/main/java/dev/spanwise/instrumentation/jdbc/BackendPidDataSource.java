package dev.spanwise.instrumentation.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.ShardingKeyBuilder;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.LoggerFactory;

/** Hands out connections that know their backend's process id. */
final class BackendPidDataSource implements DataSource {
  private static final org.slf4j.Logger logger =
      LoggerFactory.getLogger(BackendPidDataSource.class);

  private final DataSource delegate;

  BackendPidDataSource(DataSource delegate) {
    this.delegate = delegate;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return withPid(delegate.getConnection());
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    return withPid(delegate.getConnection(username, password));
  }

  private static Connection withPid(Connection connection) {
    try {
      int pid = connection.unwrap(PGConnection.class).getBackendPID();
      if (pid > 0) {
        return ConnectionHandler.wrap(connection, new PidRecorder(pid));
      }
      logger.warn("Spans of {} will have no postgresql.pid: the server sent none", connection);
    } catch (SQLException | RuntimeException | LinkageError e) {
      logger.warn(
          "Spans of {} will have no postgresql.pid: not a connection of PostgreSQL's driver",
          connection.getClass().getName(),
          e);
    }
    return connection;
  }

  @Override
  public ConnectionBuilder createConnectionBuilder() throws SQLException {
    return delegate.createConnectionBuilder();
  }

  @Override
  public ShardingKeyBuilder createShardingKeyBuilder() throws SQLException {
    return delegate.createShardingKeyBuilder();
  }

  @Override
  public @Nullable PrintWriter getLogWriter() throws SQLException {
    return delegate.getLogWriter();
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
    delegate.setLogWriter(out);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return delegate.getLoginTimeout();
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    delegate.setLoginTimeout(seconds);
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return delegate.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return type.isInstance(delegate) ? type.cast(delegate) : delegate.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(delegate) || delegate.isWrapperFor(type);
  }
}
