package dev.spanwise.telemetry;

/** Whether a name may still change. */
public enum Stability {
  /** May change with any version; the change log says so. */
  DEVELOPMENT,
  /** Changes with a major version alone. */
  STABLE
}
