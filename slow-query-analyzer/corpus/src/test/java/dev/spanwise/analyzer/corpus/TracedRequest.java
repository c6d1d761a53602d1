package dev.spanwise.analyzer.corpus;

import dev.spanwise.analyzer.corpus.Traffic.Step;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.PGConnection;
import org.postgresql.util.PGobject;

/** Spans of one request as OpenTelemetry's instrumentations name them, and what they stand for. */
final class TracedRequest implements AutoCloseable {

  private final Tracer tracer;
  private final Span request;

  TracedRequest(Tracer tracer, CorpusCase theCase) {
    this.tracer = tracer;
    String route = "/" + theCase.id();
    request =
        tracer
            .spanBuilder("GET " + route)
            .setSpanKind(SpanKind.SERVER)
            .setAttribute("http.request.method", "GET")
            .setAttribute("http.route", route)
            .startSpan();
  }

  /** What waits for a connection. */
  @FunctionalInterface
  interface Acquisition {
    Connection connection() throws SQLException;
  }

  /**
   * Waits for a pool, under the span that the data source instrumentation makes of it.
   *
   * @see <a
   *     href="https://github.com/open-telemetry/opentelemetry-java-instrumentation/tree/main/instrumentation/jdbc">its
   *     settings</a>
   */
  Connection acquire(Acquisition acquisition) throws SQLException {
    Span span =
        tracer
            .spanBuilder("HikariDataSource.getConnection")
            .setParent(Context.root().with(request))
            .setAttribute("code.function.name", "com.zaxxer.hikari.HikariDataSource.getConnection")
            .setAttribute("db.system.name", "postgresql")
            .startSpan();
    try {
      return acquisition.connection();
    } finally {
      span.end();
    }
  }

  /** Runs a statement once, reads all its rows, and counts the execution. */
  void run(Connection connection, Step step, AtomicInteger executions) throws SQLException {
    String number = String.valueOf(executions.incrementAndGet());
    String sql = step.sql().replace("{n}", number);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int index = 1;
      for (Traffic.Parameter parameter : step.parameters()) {
        PGobject value = new PGobject();
        value.setType(parameter.type());
        value.setValue(parameter.value().replace("{n}", number));
        statement.setObject(index++, value);
      }
      execute(statement, sql);
    }
  }

  private void execute(PreparedStatement statement, String sql) throws SQLException {
    Connection connection = statement.getConnection();
    Span call =
        tracer
            .spanBuilder(sql.strip().split("\\s", 2)[0].toUpperCase(Locale.ROOT))
            .setParent(Context.root().with(request))
            .setSpanKind(SpanKind.CLIENT)
            .setAttribute("db.system.name", "postgresql")
            .setAttribute("db.namespace", connection.getCatalog())
            .setAttribute("db.query.text", sql)
            .setAttribute(
                AttributeKey.longKey("postgresql.pid"),
                (long) connection.unwrap(PGConnection.class).getBackendPID())
            .startSpan();
    try {
      if (statement.execute()) {
        call.setAttribute("db.response.returned_rows", rows(statement));
      }
    } catch (SQLException e) {
      call.setStatus(StatusCode.ERROR);
      throw e;
    } finally {
      call.end();
    }
  }

  private static long rows(PreparedStatement statement) throws SQLException {
    try (ResultSet result = statement.getResultSet()) {
      long rows = 0;
      while (result.next()) {
        rows++;
      }
      return rows;
    }
  }

  @Override
  public void close() {
    request.end();
  }
}
