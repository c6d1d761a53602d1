package dev.spanwise.instrumentation.contract;

import dev.spanwise.instrumentation.invalidation.InvalidationReceiver;
import dev.spanwise.instrumentation.invalidation.LettuceInvalidations;
import dev.spanwise.instrumentation.jdbc.PostgresqlTelemetry;
import dev.spanwise.instrumentation.jetstream.JetStreamTelemetry;
import dev.spanwise.instrumentation.read.NamedReadSpanProcessor;
import dev.spanwise.instrumentation.read.NamedReads;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import dev.spanwise.testing.contract.Exported;
import dev.spanwise.testing.contract.application.Application;
import dev.spanwise.testing.contract.application.Seam;
import dev.spanwise.testing.otlp.OtlpCollector;
import io.lettuce.core.pubsub.RedisPubSubListener;
import io.nats.client.Connection;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.instrumentation.jdbc.datasource.JdbcTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.sql.DataSource;

/** Runs an application whose code calls the library, and exports what it makes. */
final class InProcess implements Seam {
  private final OpenTelemetrySdk openTelemetry;
  private final Telemetry telemetry;
  private final InvalidationReceiver invalidations;

  private InProcess(OpenTelemetrySdk openTelemetry) {
    this.openTelemetry = openTelemetry;
    this.telemetry = Telemetry.of(openTelemetry);
    this.invalidations = InvalidationReceiver.create(telemetry);
  }

  static Exported run(Class<? extends Application> application, Map<String, String> settings)
      throws Exception {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try (OtlpCollector collector = OtlpCollector.start()) {
      try (OpenTelemetrySdk openTelemetry = exportingTo(collector);
          PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8)) {
        application.getConstructor().newInstance().run(new InProcess(openTelemetry), settings, out);
      }
      return Exported.of(
          collector.received(), output.toString(StandardCharsets.UTF_8).lines().toList());
    }
  }

  private static OpenTelemetrySdk exportingTo(OtlpCollector collector) {
    OtlpHttpSpanExporter spans =
        OtlpHttpSpanExporter.builder().setEndpoint(collector.endpoint() + "/v1/traces").build();
    OtlpHttpMetricExporter metrics =
        OtlpHttpMetricExporter.builder().setEndpoint(collector.endpoint() + "/v1/metrics").build();
    return OpenTelemetrySdk.builder()
        .setTracerProvider(
            SdkTracerProvider.builder()
                .addSpanProcessor(new NamedReadSpanProcessor())
                .addSpanProcessor(BatchSpanProcessor.builder(spans).build())
                .build())
        .setMeterProvider(
            SdkMeterProvider.builder()
                .registerMetricReader(PeriodicMetricReader.create(metrics))
                .build())
        .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
        .build();
  }

  @Override
  public DataSource dataSource(DataSource driver) {
    return JdbcTelemetry.create(openTelemetry).wrap(PostgresqlTelemetry.wrap(driver));
  }

  @Override
  public Connection connection(Connection connection) {
    return JetStreamTelemetry.builder(telemetry)
        .pulledMessagesCurrent(true)
        .build()
        .wrap(connection);
  }

  @Override
  public <K, V> RedisPubSubListener<K, V> listener(RedisPubSubListener<K, V> listener) {
    return LettuceInvalidations.wrap(invalidations, listener);
  }

  @Override
  public <T> T read(String name, Callable<T> body) throws Exception {
    return NamedReads.create(telemetry).named(name).call(read -> body.call());
  }
}
