package dev.spanwise.demo.telemetry;

import com.zaxxer.hikari.HikariDataSource;
import dev.spanwise.instrumentation.jdbc.PostgresqlTelemetry;
import dev.spanwise.instrumentation.read.NamedReadSpanProcessor;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.instrumentation.jdbc.datasource.JdbcTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.semconv.ServiceAttributes;
import java.net.URI;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One service's OpenTelemetry SDK, and the data sources that it watches. Safe for use by several
 * threads.
 */
public final class ServiceTelemetry implements AutoCloseable {
  private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(2);
  private static final String STABILITY_OPT_IN = "otel.semconv-stability.opt-in";

  static {
    // OpenTelemetry reads this once for the whole JVM, when its first instrumentation loads.
    String chosen = System.getProperty(STABILITY_OPT_IN, "");
    if (!chosen.contains("database")) {
      System.setProperty(STABILITY_OPT_IN, chosen.isEmpty() ? "database" : chosen + ",database");
    }
  }

  private final String serviceName;
  private final SpanDelivery delivery;
  private final OpenTelemetrySdk sdk;
  private final Telemetry library;

  /**
   * Starts an SDK.
   *
   * @param serviceName the {@code service.name} of its spans
   * @param metrics where its meters go
   */
  public ServiceTelemetry(String serviceName, SpanExporter exporter, Metrics metrics) {
    this.serviceName = serviceName;
    delivery = new SpanDelivery(exporter);
    sdk =
        OpenTelemetrySdk.builder()
            .setTracerProvider(
                SdkTracerProvider.builder()
                    .setResource(
                        Resource.getDefault()
                            .merge(
                                Resource.builder()
                                    .put(ServiceAttributes.SERVICE_NAME, serviceName)
                                    .build()))
                    .addSpanProcessor(new NamedReadSpanProcessor())
                    .addSpanProcessor(delivery)
                    .build())
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build();
    library = Telemetry.of(sdk, metrics.registry());
  }

  /** The SDK: traces with W3C propagation. */
  public OpenTelemetry openTelemetry() {
    return sdk;
  }

  /** Where the library's instrumentation gets its spans and meters from. */
  public Telemetry library() {
    return library;
  }

  /** An exporter over gRPC to {@code http://host:port}. */
  public static SpanExporter otlp(URI endpoint) {
    return OtlpGrpcSpanExporter.builder().setEndpoint(endpoint.toString()).build();
  }

  /**
   * A pool whose statements have spans, and the backend's process id on each.
   *
   * @param jdbcUrl of a PostgreSQL database
   */
  public HikariDataSource pool(String jdbcUrl, int connections) {
    PGSimpleDataSource driver = new PGSimpleDataSource();
    driver.setUrl(jdbcUrl);
    driver.setApplicationName(serviceName);
    HikariDataSource pool = new HikariDataSource();
    pool.setDataSource(JdbcTelemetry.create(sdk).wrap(PostgresqlTelemetry.wrap(driver)));
    pool.setMaximumPoolSize(connections);
    pool.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
    return pool;
  }

  /** Waits until all ended spans have been sent, ten seconds at most. */
  public SpanCounts flush() {
    return delivery.flush();
  }

  @Override
  public void close() {
    sdk.close();
  }
}
