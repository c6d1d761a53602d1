package dev.spanwise.agent.postgresql;

import dev.spanwise.instrumentation.jdbc.Backend;
import dev.spanwise.instrumentation.jdbc.BackendQuery;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.instrumentation.api.internal.SpanKey;
import io.opentelemetry.instrumentation.api.internal.cache.Cache;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.QueryExecutor;

/** The server process of each open connection. Thread-safe. */
public final class Backends {
  private static final Cache<QueryExecutor, Backend> BACKENDS = Cache.weak();
  private static final BackendQuery QUERY = new BackendQuery();

  private Backends() {}

  /**
   * Asks the server once who it is: before the application has the connection, so in no transaction
   * of its own.
   *
   * @param url what the driver opened the connection with, to open another
   * @param properties likewise
   * @return what the application gets: another connection where the server did not answer in time,
   *     upon which the driver gives a connection up
   */
  public static @Nullable Connection opened(Connection opened, String url, Properties properties)
      throws SQLException {
    // A walsender takes no ordinary statement.
    if (properties.getProperty(PGProperty.REPLICATION.getName()) != null
        || !(opened instanceof BaseConnection connection)) {
      return opened;
    }
    Backend backend = withoutSpans().wrapSupplier(() -> QUERY.ask(connection)).get();
    if (connection.isClosed()) {
      return new Driver().connect(url, properties);
    }
    BACKENDS.put(connection.getQueryExecutor(), backend);
    return connection;
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
