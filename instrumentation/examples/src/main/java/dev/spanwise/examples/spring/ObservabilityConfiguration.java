package dev.spanwise.examples.spring;

import com.zaxxer.hikari.HikariDataSource;
import dev.spanwise.instrumentation.jdbc.PostgresqlTelemetry;
import dev.spanwise.instrumentation.read.NamedReadSpanProcessor;
import dev.spanwise.instrumentation.read.NamedReads;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.jdbc.datasource.JdbcTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.prometheus.metrics.tracer.common.SpanContext;
import io.prometheus.metrics.tracer.otel.OpenTelemetrySpanContext;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

// README
@Configuration(proxyBeanMethods = false)
class ObservabilityConfiguration {
  @Bean
  OpenTelemetrySdk openTelemetry() {
    return AutoConfiguredOpenTelemetrySdk.builder()
        .disableShutdownHook() // Spring closes it, after what uses it
        .addTracerProviderCustomizer(
            (provider, config) -> provider.addSpanProcessor(new NamedReadSpanProcessor()))
        .build()
        .getOpenTelemetrySdk();
  }

  @Bean
  SpanContext exemplars() {
    return new OpenTelemetrySpanContext();
  }

  @Bean
  Telemetry telemetry(OpenTelemetry openTelemetry, MeterRegistry registry) {
    return Telemetry.of(openTelemetry, registry);
  }

  @Bean
  NamedReads reads(Telemetry telemetry) {
    return NamedReads.create(telemetry);
  }

  @Bean
  @ConfigurationProperties("spring.datasource.hikari")
  HikariDataSource pool(DataSourceProperties properties, OpenTelemetry openTelemetry) {
    DataSource driver =
        properties.initializeDataSourceBuilder().type(PGSimpleDataSource.class).build();
    DataSource withBackend = PostgresqlTelemetry.wrap(driver);
    DataSource withSpans = JdbcTelemetry.create(openTelemetry).wrap(withBackend);
    HikariDataSource pool = new HikariDataSource();
    pool.setDataSource(withSpans);
    return pool;
  }
}
// README
