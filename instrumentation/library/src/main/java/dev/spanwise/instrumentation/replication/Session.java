package dev.spanwise.instrumentation.replication;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;

/** Short transactions on one server, each of whose statements ends in time. */
final class Session {
  private final DataSource dataSource;
  private final int timeoutMillis;

  Session(DataSource dataSource, Duration timeout) {
    this.dataSource = dataSource;
    this.timeoutMillis = (int) Math.max(1, Math.min(timeout.toMillis(), Integer.MAX_VALUE / 2));
  }

  /** What is done in a transaction. */
  interface Work<T> {
    T run(Statement statement) throws SQLException;
  }

  /**
   * Runs the work in a transaction of its own.
   *
   * @throws NoConnectionException if the data source gives no connection
   */
  <T> T run(Work<T> work) throws SQLException {
    try (Connection connection = connect()) {
      boolean autoCommit = connection.getAutoCommit();
      int networkTimeout = connection.getNetworkTimeout();
      // For a server that does not answer at all, and so does not end its statement either.
      connection.setNetworkTimeout(Runnable::run, timeoutMillis * 2);
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET LOCAL statement_timeout = " + timeoutMillis);
        T result = work.run(statement);
        connection.commit();
        return result;
      } catch (Throwable e) {
        rollBack(connection, e);
        throw e;
      } finally {
        if (!connection.isClosed()) {
          connection.setAutoCommit(autoCommit);
          connection.setNetworkTimeout(Runnable::run, networkTimeout);
        }
      }
    }
  }

  private Connection connect() throws NoConnectionException {
    try {
      return dataSource.getConnection();
    } catch (SQLException e) {
      throw new NoConnectionException(e);
    }
  }

  private static void rollBack(Connection connection, Throwable reason) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }
}
