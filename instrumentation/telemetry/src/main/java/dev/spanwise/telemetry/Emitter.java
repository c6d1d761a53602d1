package dev.spanwise.telemetry;

/** The code that emits a span or a metric. */
public enum Emitter {
  LIBRARY,
  AGENT_EXTENSION,
  ANALYZER_SERVER,
  DEMO
}
