package dev.spanwise.instrumentation.read;

import dev.spanwise.instrumentation.jdbc.PostgresqlTelemetry;
import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.instrumentation.jdbc.datasource.JdbcTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** An application of its own: one read of one statement, and what its database spans say. */
final class TracedRead {
  private TracedRead() {}

  /**
   * Prints a line for each database span: its parent's name, its own, its summary, its system and
   * whether it has a process id.
   */
  public static void main(String[] arguments) throws SQLException {
    AttributeKey<String> systemKey = AttributeKey.stringKey(arguments[1]);
    InMemorySpanExporter spans = InMemorySpanExporter.create();
    OpenTelemetrySdk sdk =
        OpenTelemetrySdk.builder()
            .setTracerProvider(
                SdkTracerProvider.builder()
                    .addSpanProcessor(new NamedReadSpanProcessor())
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .build();
    PGSimpleDataSource driver = new PGSimpleDataSource();
    driver.setUrl(arguments[0]);
    DataSource dataSource = JdbcTelemetry.create(sdk).wrap(PostgresqlTelemetry.wrap(driver));
    NamedRead watchlist =
        NamedReads.create(Telemetry.of(sdk, new SimpleMeterRegistry())).named("watchlist");
    try (Connection connection = dataSource.getConnection()) {
      watchlist.call(
          read -> {
            connection.prepareStatement("select 1 from pg_class where oid = 7").executeQuery();
            return 0;
          });
    }
    List<SpanData> finished = spans.getFinishedSpanItems();
    for (SpanData span : finished) {
      if (span.getKind() == SpanKind.CLIENT) {
        System.out.printf(
            "%s %s %s %s %s%n",
            parent(finished, span),
            span.getName(),
            span.getAttributes().get(SpanwiseAttributes.DB_QUERY_SUMMARY),
            span.getAttributes().get(systemKey),
            span.getAttributes().get(SpanwiseAttributes.POSTGRESQL_PID) != null);
      }
    }
  }

  private static String parent(List<SpanData> spans, SpanData child) {
    return spans.stream()
        .filter(span -> span.getSpanId().equals(child.getParentSpanId()))
        .map(SpanData::getName)
        .findFirst()
        .orElse("none");
  }
}
