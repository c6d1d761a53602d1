package dev.spanwise.agent.postgresql;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.instrumentation.api.internal.SpanKey;
import io.opentelemetry.instrumentation.api.internal.cache.Cache;
import org.postgresql.core.QueryExecutor;
import org.postgresql.jdbc.PgConnection;

/** The server process of each open connection. Thread-safe. */
public final class Backends {
  private static final Cache<QueryExecutor, Backend> BACKENDS = Cache.weak();

  private Backends() {}

  /**
   * Asks the server once who it is: before the application has the connection, so in no transaction
   * of its own.
   */
  public static void opened(PgConnection connection, boolean replication) {
    if (replication) {
      // A walsender takes no ordinary statement.
      return;
    }
    try {
      Backend backend = withoutSpans().wrap(() -> Backend.of(connection)).call();
      if (backend.pid() == connection.getBackendPID()) {
        BACKENDS.put(connection.getQueryExecutor(), backend);
      } else {
        Omission.POOLER.log(
            ": the connection was opened to "
                + connection.getBackendPID()
                + ", process "
                + backend.pid()
                + " answered",
            null);
      }
    } catch (Exception e) {
      Omission.NO_ANSWER.log("", e);
    }
  }

  /** Describes the JDBC span around this statement; the spans of others are not touched. */
  public static void executing(QueryExecutor executor) {
    Span span = SpanKey.DB_CLIENT.fromContextOrNull(Context.current());
    if (span == null || !span.isRecording()) {
      return;
    }
    Backend backend = BACKENDS.get(executor);
    if (backend != null) {
      backend.describe(span);
    }
  }

  // The agent makes no JDBC span inside another.
  private static Context withoutSpans() {
    Context client = SpanKey.KIND_CLIENT.storeInContext(Context.current(), Span.getInvalid());
    return SpanKey.DB_CLIENT.storeInContext(client, Span.getInvalid());
  }
}
