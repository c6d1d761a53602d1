package dev.spanwise.agent.postgresql;

import dev.spanwise.instrumentation.jdbc.Backend;
import dev.spanwise.instrumentation.jdbc.BackendQuery;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.instrumentation.api.internal.SpanKey;
import io.opentelemetry.instrumentation.api.internal.cache.Cache;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
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
   * @param url what the driver opened the connection with
   * @param settings likewise
   * @return whether the application needs another connection: the driver gives one up when the
   *     server does not answer in time
   */
  public static boolean lost(@Nullable Connection opened, String url, @Nullable Properties settings)
      throws SQLException {
    Properties properties = Driver.parseURL(url, settings);
    // A walsender takes no ordinary statement.
    if (properties == null
        || properties.getProperty(PGProperty.REPLICATION.getName()) != null
        || !(opened instanceof BaseConnection connection)) {
      return false;
    }
    Duration loginTimeout = loginTimeout(properties);
    Backend backend = withoutSpans().wrapSupplier(() -> QUERY.ask(connection, loginTimeout)).get();
    if (connection.isClosed()) {
      return true;
    }
    BACKENDS.put(connection.getQueryExecutor(), backend);
    return false;
  }

  // Seconds, and parts of them; what is no number the driver takes for not set.
  private static @Nullable Duration loginTimeout(Properties properties) {
    String seconds = properties.getProperty(PGProperty.LOGIN_TIMEOUT.getName());
    if (seconds == null) {
      return null;
    }
    try {
      return Duration.ofMillis((long) (Float.parseFloat(seconds) * 1000));
    } catch (NumberFormatException e) {
      return null;
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
