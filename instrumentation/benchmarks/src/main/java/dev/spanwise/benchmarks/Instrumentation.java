package dev.spanwise.benchmarks;

import dev.spanwise.instrumentation.jdbc.PostgresqlTelemetry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.instrumentation.jdbc.datasource.JdbcTelemetry;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import net.ttddyy.observation.tracing.ConnectionTracingObservationHandler;
import net.ttddyy.observation.tracing.DataSourceObservationListener;
import net.ttddyy.observation.tracing.QueryTracingObservationHandler;
import org.jspecify.annotations.Nullable;

/** What is put around a data source or its pool, each as its documentation says. */
public enum Instrumentation {
  /** The bare driver. */
  NOTHING("nothing", false, 0, null) {
    @Override
    DataSource wrap(DataSource dataSource, BenchmarkTelemetry telemetry) {
      return dataSource;
    }
  },

  /** A listener that times each statement; no spans. */
  DATASOURCE_PROXY("datasource-proxy", true, 0, "statement") {
    @Override
    DataSource wrap(DataSource dataSource, BenchmarkTelemetry telemetry) {
      Timer timer = Timer.builder("statement").register(telemetry.registry);
      return ProxyDataSourceBuilder.create(dataSource)
          .afterQuery(
              (execution, queries) ->
                  timer.record(execution.getElapsedTime(), TimeUnit.MILLISECONDS))
          .build();
    }
  },

  /**
   * Spans of connections and queries by Micrometer's bridge to OpenTelemetry, and their meters;
   * result sets, which it watches where it is told to, are left alone.
   */
  DATASOURCE_MICROMETER("datasource-micrometer", true, 2, "jdbc.query") {
    @Override
    DataSource wrap(DataSource dataSource, BenchmarkTelemetry telemetry) {
      OtelTracer tracer =
          new OtelTracer(telemetry.tracer(), new OtelCurrentTraceContext(), event -> {});
      ObservationRegistry observations = ObservationRegistry.create();
      observations
          .observationConfig()
          .observationHandler(new DefaultMeterObservationHandler(telemetry.registry))
          .observationHandler(
              new FirstMatchingCompositeObservationHandler(
                  new ConnectionTracingObservationHandler(tracer),
                  new QueryTracingObservationHandler(tracer),
                  new DefaultTracingObservationHandler(tracer)));
      DataSourceObservationListener listener = new DataSourceObservationListener(observations);
      return ProxyDataSourceBuilder.create(dataSource)
          .name("benchmark")
          .listener(listener)
          .methodListener(listener)
          .build();
    }
  },

  /** The library {@code opentelemetry-jdbc}. */
  OPENTELEMETRY("OpenTelemetry JDBC", false, 1, null) {
    @Override
    DataSource wrap(DataSource dataSource, BenchmarkTelemetry telemetry) {
      return JdbcTelemetry.create(telemetry.sdk).wrap(dataSource);
    }
  },

  /** OpenTelemetry's library around ours; each statement in a named read. */
  SPANWISE("Spanwise on OpenTelemetry JDBC", false, 2, "spanwise.read.duration") {
    @Override
    DataSource wrap(DataSource dataSource, BenchmarkTelemetry telemetry) {
      return OPENTELEMETRY.wrap(PostgresqlTelemetry.wrap(dataSource), telemetry);
    }
  };

  private final String label;
  private final boolean abovePool;
  private final int spans;
  private final @Nullable String meter;

  Instrumentation(String label, boolean abovePool, int spans, @Nullable String meter) {
    this.label = label;
    this.abovePool = abovePool;
    this.spans = spans;
    this.meter = meter;
  }

  abstract DataSource wrap(DataSource dataSource, BenchmarkTelemetry telemetry);

  /** A pool of one connection with the instrumentation above or below it. */
  DataSource pool(DataSource driver, BenchmarkTelemetry telemetry) {
    return abovePool
        ? wrap(Database.pool(driver), telemetry)
        : Database.pool(wrap(driver, telemetry));
  }

  /**
   * Sees that it did, for one read, all that it is measured for.
   *
   * @throws IllegalStateException if it made other spans, or a meter is missing
   */
  void check(BenchmarkTelemetry telemetry) {
    long made = telemetry.endedSpans();
    Set<String> kept =
        telemetry.registry.getMeters().stream()
            .map(meter -> meter.getId().getName())
            .collect(Collectors.toSet());
    if (made != spans || (meter != null && !kept.contains(meter))) {
      throw new IllegalStateException(
          "%s made %d spans and the meters %s, not %d and the meter %s"
              .formatted(label, made, kept, spans, meter));
    }
  }

  /** As the tables name it. */
  String label() {
    return label;
  }
}
