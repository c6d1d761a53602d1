package dev.spanwise.instrumentation.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.MeterBuilder;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.propagation.ContextPropagators;
import java.util.function.Function;

/** One whose tracer or meter is not the SDK's. */
record FaultyOpenTelemetry(OpenTelemetry working, Tracer tracer, Function<String, Meter> meters)
    implements OpenTelemetry {
  @Override
  public TracerProvider getTracerProvider() {
    return new TracerProvider() {
      @Override
      public Tracer get(String scope) {
        return tracer;
      }

      @Override
      public Tracer get(String scope, String version) {
        return tracer;
      }
    };
  }

  @Override
  public MeterProvider getMeterProvider() {
    return new MeterProvider() {
      @Override
      public Meter get(String scope) {
        return meters.apply(scope);
      }

      @Override
      public MeterBuilder meterBuilder(String scope) {
        return working.meterBuilder(scope);
      }
    };
  }

  @Override
  public ContextPropagators getPropagators() {
    return working.getPropagators();
  }
}
