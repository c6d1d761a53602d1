package dev.spanwise.instrumentation.replication;

import java.sql.SQLException;

/** The data source gave no connection. */
final class NoConnectionException extends SQLException {
  private static final long serialVersionUID = 1;

  NoConnectionException(SQLException cause) {
    super(cause.getMessage(), cause.getSQLState(), cause.getErrorCode(), cause);
  }
}
