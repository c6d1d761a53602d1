package dev.spanwise.analyzer.postgresql.connection;

import org.jspecify.annotations.Nullable;

/**
 * A server that could not be reached, or that refused the connection. The message never holds the
 * password.
 */
public final class DatabaseUnreachableException extends Exception {

  private final @Nullable String sqlState;

  DatabaseUnreachableException(String message, @Nullable String sqlState) {
    super(message);
    this.sqlState = sqlState;
  }

  /**
   * The <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">SQLSTATE</a>, such
   * as 28P01 for a wrong password; null where there was none.
   */
  public @Nullable String sqlState() {
    return sqlState;
  }
}
