package dev.spanwise.telemetry;

/** A span's kind, as OpenTelemetry names them. */
public enum SpanKind {
  INTERNAL,
  SERVER,
  CLIENT,
  PRODUCER,
  CONSUMER
}
