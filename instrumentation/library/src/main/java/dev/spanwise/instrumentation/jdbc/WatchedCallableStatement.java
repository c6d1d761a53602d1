package dev.spanwise.instrumentation.jdbc;

import dev.spanwise.delegation.Delegates;
import java.sql.CallableStatement;
import java.sql.Connection;

/** Likewise for what has parameters that come back. */
@Delegates
abstract class WatchedCallableStatement extends WatchedPreparedStatement<CallableStatement>
    implements CallableStatement {
  WatchedCallableStatement(CallableStatement delegate, Connection connection, Backend backend) {
    super(delegate, connection, backend);
  }
}
