package dev.spanwise.examples.plain;

import com.zaxxer.hikari.HikariDataSource;
import dev.spanwise.instrumentation.jdbc.PostgresqlTelemetry;
import dev.spanwise.instrumentation.read.NamedReadSpanProcessor;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.instrumentation.jdbc.datasource.JdbcTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.tracer.otel.OpenTelemetrySpanContext;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Spans by OTLP, configured by the environment ({@code OTEL_…}); metrics for Prometheus. */
final class Observability implements AutoCloseable {
  private final OpenTelemetrySdk openTelemetry;
  private final PrometheusMeterRegistry registry;
  private final Telemetry telemetry;

  Observability() {
    // README
    OpenTelemetrySdk openTelemetry =
        AutoConfiguredOpenTelemetrySdk.builder()
            .addTracerProviderCustomizer(
                (provider, config) -> provider.addSpanProcessor(new NamedReadSpanProcessor()))
            .build()
            .getOpenTelemetrySdk();
    PrometheusMeterRegistry registry =
        new PrometheusMeterRegistry(
            PrometheusConfig.DEFAULT,
            new PrometheusRegistry(),
            Clock.SYSTEM,
            new OpenTelemetrySpanContext());
    Telemetry telemetry = Telemetry.of(openTelemetry, registry);
    // README
    this.openTelemetry = openTelemetry;
    this.registry = registry;
    this.telemetry = telemetry;
  }

  Telemetry telemetry() {
    return telemetry;
  }

  HikariDataSource pool(String jdbcUrl) {
    // README
    PGSimpleDataSource driver = new PGSimpleDataSource();
    driver.setUrl(jdbcUrl);
    DataSource withBackend = PostgresqlTelemetry.wrap(driver);
    DataSource withSpans = JdbcTelemetry.create(openTelemetry).wrap(withBackend);
    HikariDataSource pool = new HikariDataSource();
    pool.setDataSource(withSpans);
    // README
    return pool;
  }

  /** The metrics in the format that carries exemplars. */
  String scrape() {
    return registry.scrape("application/openmetrics-text");
  }

  @Override
  public void close() {
    openTelemetry.close();
    registry.close();
  }
}
