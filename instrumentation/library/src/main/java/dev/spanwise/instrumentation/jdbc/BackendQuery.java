package dev.spanwise.instrumentation.jdbc;

import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * Asks the server which of its processes serves a connection, and compares with what the driver was
 * told when it connected. A pooler tells the driver a key of its own making there: PgBouncer random
 * bytes, which are the right id once in four thousand million connections.
 *
 * <p>The query begins no transaction even without autocommit, and changes no setting but the
 * socket's timeout, which is put back.
 *
 * <p>For those who open connections themselves; {@link PostgresqlTelemetry} is the same for a data
 * source. Safe for use by several threads.
 */
public final class BackendQuery {
  /** One row: the server process, and its start in milliseconds since the epoch. */
  // The view pg_stat_activity would have the server look at every process.
  private static final String SQL =
      """
      select pid, floor(extract(epoch from backend_start) * 1000)::bigint
      from pg_catalog.pg_stat_get_activity(pg_catalog.pg_backend_pid())\
      """;

  private static final long LONGEST_WAIT_MILLIS = 2_000;

  /** What a server may need that is merely busy. */
  private static final long SHORTEST_WAIT_MILLIS = 100;

  private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Omissions omissions;
  private final AtomicLong nextQuestion = new AtomicLong(System.nanoTime());

  /** Logs once for each reason why connections' backends stay unknown. */
  public BackendQuery() {
    this(new Omissions());
  }

  BackendQuery(Omissions omissions) {
    this.omissions = omissions;
  }

  /**
   * The backend of a connection that is not in use; unknown where it did not say or where there is
   * a pooler. Where it did not answer within two seconds, or within half of the login timeout, the
   * driver has closed the connection, the caller opens another, and none is asked for a minute.
   * Never throws.
   *
   * @param loginTimeout how long the application would wait for the connection; null for what
   *     {@link DriverManager#getLoginTimeout()} says. Below 200 ms nothing is asked.
   */
  public Backend ask(BaseConnection connection, @Nullable Duration loginTimeout) {
    try {
      long wait = waitMillis(loginTimeout);
      if (wait < SHORTEST_WAIT_MILLIS || System.nanoTime() - nextQuestion.get() < 0) {
        return Backend.UNKNOWN;
      }
      if (connection.getTransactionState() != TransactionState.IDLE) {
        omissions.tell(
            Omissions.Reason.IN_TRANSACTION, connection.getTransactionState().name(), null);
        return Backend.UNKNOWN;
      }
      return askInTime(connection, wait);
    } catch (Throwable e) {
      omissions.tell(Omissions.Reason.NOT_ANSWERED, String.valueOf(e.getMessage()), e);
      return Backend.UNKNOWN;
    }
  }

  private static long waitMillis(@Nullable Duration loginTimeout) {
    long millis =
        loginTimeout == null
            ? TimeUnit.SECONDS.toMillis(DriverManager.getLoginTimeout())
            : loginTimeout.toMillis();
    // To JDBC 0 is none, to the driver less as well.
    return millis <= 0 ? LONGEST_WAIT_MILLIS : Math.min(millis / 2, LONGEST_WAIT_MILLIS);
  }

  private Backend askInTime(BaseConnection connection, long waitMillis) throws SQLException {
    int before = connection.getNetworkTimeout();
    connection.setNetworkTimeout(
        Runnable::run, (int) (before == 0 ? waitMillis : Math.min(before, waitMillis)));
    try {
      return answer(connection);
    } finally {
      if (connection.isClosed()) {
        nextQuestion.set(System.nanoTime() + PAUSE_NANOS);
      } else {
        connection.setNetworkTimeout(Runnable::run, before);
      }
    }
  }

  private Backend answer(BaseConnection connection) throws SQLException {
    try (ResultSet rows = connection.execSQLQuery(SQL)) {
      rows.getStatement().closeOnCompletion();
      if (!rows.next()) {
        omissions.tell(Omissions.Reason.NOT_ANSWERED, "no row for its own process", null);
        return Backend.UNKNOWN;
      }
      int actual = rows.getInt(1);
      long startMillis = rows.getLong(2);
      if (rows.wasNull()) {
        omissions.tell(Omissions.Reason.NOT_ANSWERED, "its start is not visible", null);
        return Backend.UNKNOWN;
      }
      int told = connection.getBackendPID();
      if (actual != told) {
        omissions.tell(Omissions.Reason.POOLER, "process %d, not %d".formatted(actual, told), null);
        return Backend.UNKNOWN;
      }
      return Backend.of(actual, startMillis);
    }
  }
}
