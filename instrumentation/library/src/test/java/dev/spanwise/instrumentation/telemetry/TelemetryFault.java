package dev.spanwise.instrumentation.telemetry;

/** A way for telemetry to fail, which {@link FaultyTelemetry} then does. */
public enum TelemetryFault {
  EXPORTER_THROWS,
  /** Until the telemetry is closed. */
  EXPORTER_BLOCKS,
  PROCESSOR_THROWS_AT_START,
  PROCESSOR_THROWS_AT_END,
  SAMPLER_THROWS,
  TRACER_CLOSED,
  TRACER_THROWS,
  /** In each of its methods. */
  SPAN_THROWS,
  PROPAGATOR_THROWS,
  REGISTRY_REFUSES_METERS,
  REGISTRY_REFUSES_VALUES,
  METER_PROVIDER_THROWS,
  INSTRUMENT_THROWS
}
