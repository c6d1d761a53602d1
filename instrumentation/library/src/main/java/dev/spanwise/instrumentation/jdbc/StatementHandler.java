package dev.spanwise.instrumentation.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Passes every call to the statement, and records the process id before each that executes. */
final class StatementHandler implements InvocationHandler {
  private final Statement delegate;
  private final Connection connection;
  private final PidRecorder recorder;

  StatementHandler(Statement delegate, Connection connection, PidRecorder recorder) {
    this.delegate = delegate;
    this.connection = connection;
    this.recorder = recorder;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getName().startsWith("execute")) {
      recorder.record();
    }
    Object result = Delegation.invoke(proxy, delegate, method, arguments);
    return result != null && method.getName().equals("getConnection") ? connection : result;
  }
}
