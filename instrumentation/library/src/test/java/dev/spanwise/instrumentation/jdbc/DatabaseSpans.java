package dev.spanwise.instrumentation.jdbc;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Scope;
import java.sql.SQLException;

/** Spans as a JDBC instrumentation makes them. */
final class DatabaseSpans {
  private DatabaseSpans() {}

  interface Statements {
    void run() throws SQLException;
  }

  @SuppressWarnings("try") // a scope is there to be closed, not to be read
  static void around(OpenTelemetry openTelemetry, Statements statements) throws SQLException {
    Span span =
        openTelemetry
            .getTracer("test")
            .spanBuilder("SELECT")
            .setSpanKind(SpanKind.CLIENT)
            .setAttribute("db.system.name", "postgresql")
            .startSpan();
    try (Scope ignored = span.makeCurrent()) {
      statements.run();
    } finally {
      span.end();
    }
  }
}
