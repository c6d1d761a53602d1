package dev.spanwise.instrumentation.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Passes every call to the connection, and wraps the statements that it makes. */
final class ConnectionHandler implements InvocationHandler {
  private final Connection delegate;
  private final PidRecorder recorder;

  private ConnectionHandler(Connection delegate, PidRecorder recorder) {
    this.delegate = delegate;
    this.recorder = recorder;
  }

  static Connection wrap(Connection delegate, PidRecorder recorder) {
    return Delegation.proxy(Connection.class, new ConnectionHandler(delegate, recorder));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    Object result = Delegation.invoke(proxy, delegate, method, arguments);
    return result instanceof Statement statement && proxy instanceof Connection connection
        ? wrap(statement, connection)
        : result;
  }

  private Statement wrap(Statement statement, Connection connection) {
    StatementHandler handler = new StatementHandler(statement, connection, recorder);
    if (statement instanceof CallableStatement) {
      return Delegation.proxy(CallableStatement.class, handler);
    }
    if (statement instanceof PreparedStatement) {
      return Delegation.proxy(PreparedStatement.class, handler);
    }
    return Delegation.proxy(Statement.class, handler);
  }
}
