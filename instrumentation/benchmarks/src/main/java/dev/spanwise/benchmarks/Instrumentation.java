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
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import net.ttddyy.observation.tracing.ConnectionTracingObservationHandler;
import net.ttddyy.observation.tracing.DataSourceObservationListener;
import net.ttddyy.observation.tracing.QueryTracingObservationHandler;
import net.ttddyy.observation.tracing.ResultSetTracingObservationHandler;

/** What is put around a data source or its pool, each as its documentation says. */
public enum Instrumentation {
  /** The bare driver. */
  NOTHING("nothing", false) {
    @Override
    DataSource wrap(DataSource dataSource, BenchmarkTelemetry telemetry) {
      return dataSource;
    }
  },

  /** A listener that times each statement; no spans. */
  DATASOURCE_PROXY("datasource-proxy", true) {
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

  /** Spans by Micrometer's bridge to OpenTelemetry, and its meters. */
  DATASOURCE_MICROMETER("datasource-micrometer", true) {
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
                  new ResultSetTracingObservationHandler(tracer),
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
  OPENTELEMETRY("OpenTelemetry JDBC", false) {
    @Override
    DataSource wrap(DataSource dataSource, BenchmarkTelemetry telemetry) {
      return JdbcTelemetry.create(telemetry.sdk).wrap(dataSource);
    }
  },

  /** OpenTelemetry's library around ours; each statement in a named read. */
  SPANWISE("Spanwise on OpenTelemetry JDBC", false) {
    @Override
    DataSource wrap(DataSource dataSource, BenchmarkTelemetry telemetry) {
      return OPENTELEMETRY.wrap(PostgresqlTelemetry.wrap(dataSource), telemetry);
    }
  };

  private final String label;
  private final boolean abovePool;

  Instrumentation(String label, boolean abovePool) {
    this.label = label;
    this.abovePool = abovePool;
  }

  abstract DataSource wrap(DataSource dataSource, BenchmarkTelemetry telemetry);

  /** A pool of one connection with the instrumentation above or below it. */
  DataSource pool(DataSource driver, BenchmarkTelemetry telemetry) {
    return abovePool
        ? wrap(Database.pool(driver), telemetry)
        : Database.pool(wrap(driver, telemetry));
  }

  /** As the tables name it. */
  String label() {
    return label;
  }
}
