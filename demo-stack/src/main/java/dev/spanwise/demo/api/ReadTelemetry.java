package dev.spanwise.demo.api;

import dev.spanwise.instrumentation.jdbc.PostgresqlTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.instrumentation.jdbc.datasource.JdbcTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** The service's OpenTelemetry SDK, and the data source that it watches. */
final class ReadTelemetry implements AutoCloseable {
  static final String SERVICE_NAME = "trading-read-api";

  private static final String STABILITY_OPT_IN = "otel.semconv-stability.opt-in";

  static {
    // OpenTelemetry reads this once for the whole JVM, when its first instrumentation loads.
    String chosen = System.getProperty(STABILITY_OPT_IN, "");
    if (!chosen.contains("database")) {
      System.setProperty(STABILITY_OPT_IN, chosen.isEmpty() ? "database" : chosen + ",database");
    }
  }

  private final SpanDelivery delivery;
  private final OpenTelemetrySdk sdk;

  ReadTelemetry(SpanExporter exporter) {
    delivery = new SpanDelivery(exporter);
    sdk =
        OpenTelemetrySdk.builder()
            .setTracerProvider(
                SdkTracerProvider.builder()
                    .setResource(
                        Resource.getDefault()
                            .merge(
                                Resource.builder()
                                    .put(AttributeKey.stringKey("service.name"), SERVICE_NAME)
                                    .build()))
                    .addSpanProcessor(delivery)
                    .build())
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build();
  }

  OpenTelemetry openTelemetry() {
    return sdk;
  }

  /** The driver's data source with spans, and the backend's process id on each. */
  DataSource watch(DataSource driver) {
    return JdbcTelemetry.create(sdk).wrap(PostgresqlTelemetry.wrap(driver));
  }

  /** Waits until all ended spans have been sent, ten seconds at most. */
  SpanCounts flush() {
    delivery.forceFlush().join(10, TimeUnit.SECONDS);
    return delivery.counts();
  }

  @Override
  public void close() {
    sdk.close();
  }
}
