package dev.spanwise.instrumentation.jdbc;

import dev.spanwise.delegation.Delegates;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/** Hands out connections that know their backend. */
@Delegates
abstract class WatchedDataSource implements DataSource {
  final DataSource delegate;

  private final BackendQuery query;
  private final Omissions omissions = new Omissions();

  WatchedDataSource(DataSource delegate) {
    this.delegate = delegate;
    this.query = new BackendQuery(omissions);
  }

  private interface Source {
    Connection open() throws SQLException;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return watch(delegate::getConnection);
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    return watch(() -> delegate.getConnection(username, password));
  }

  private Connection watch(Source source) throws SQLException {
    Connection connection = source.open();
    BaseConnection driver = driver(connection);
    if (driver == null) {
      return connection;
    }
    Backend backend = query.ask(driver, loginTimeout());
    if (driver.isClosed()) {
      // The driver gives a connection up when the server does not answer in time.
      release(connection);
      connection = source.open();
      backend = Backend.UNKNOWN;
    }
    return new DelegatingWatchedConnection(connection, backend);
  }

  private @Nullable Duration loginTimeout() {
    try {
      int seconds = delegate.getLoginTimeout();
      return seconds == 0 ? null : Duration.ofSeconds(seconds);
    } catch (SQLException | RuntimeException e) {
      // So some data sources say that they have none.
      return null;
    }
  }

  private static void release(Connection closed) {
    try {
      closed.close();
    } catch (SQLException e) {
      // What counts is the connection that comes in its place.
    }
  }

  private @Nullable BaseConnection driver(Connection connection) {
    try {
      return connection.unwrap(BaseConnection.class);
    } catch (Throwable e) {
      omissions.tell(Omissions.Reason.NOT_POSTGRESQL, connection.getClass().getName(), e);
      return null;
    }
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
