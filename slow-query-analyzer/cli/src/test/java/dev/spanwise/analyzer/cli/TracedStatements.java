package dev.spanwise.analyzer.cli;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/**
 * Runs statements on a real connection with a span of the real SDK around each, whose text is not
 * sanitised: literals reach the analyzer, as they do from many an instrumentation.
 */
final class TracedStatements implements AutoCloseable {

  private final SdkTracerProvider provider;
  private final Tracer tracer;
  private final Connection connection;
  private final String service;

  TracedStatements(String jdbcUrl, String service, SpanExporter exporter) throws SQLException {
    this.service = service;
    provider =
        SdkTracerProvider.builder()
            .setResource(Resource.builder().put("service.name", service).build())
            .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
            .build();
    tracer = provider.get("dev.spanwise.test");
    connection = DriverManager.getConnection(jdbcUrl);
  }

  /** Runs a statement within one request of its own. */
  void run(String route, String sql, Object... parameters) throws SQLException {
    Span request =
        tracer
            .spanBuilder(service)
            .setSpanKind(SpanKind.SERVER)
            .setAttribute("http.request.method", "GET")
            .setAttribute("http.route", route)
            .startSpan();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      Span call =
          tracer
              .spanBuilder("SELECT")
              .setParent(Context.root().with(request))
              .setSpanKind(SpanKind.CLIENT)
              .setAttribute("db.system.name", "postgresql")
              .setAttribute("db.query.text", sql)
              .setAttribute(
                  AttributeKey.longKey("postgresql.pid"),
                  (long) connection.unwrap(PGConnection.class).getBackendPID())
              .startSpan();
      for (int i = 0; i < parameters.length; i++) {
        call.setAttribute("db.query.parameter." + i, String.valueOf(parameters[i]));
      }
      try {
        statement.execute();
      } finally {
        call.end();
      }
    } finally {
      request.end();
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    provider.close();
  }
}
