// Generated from instrumentation/telemetry.yaml; how: instrumentation/telemetry/README.md.
package dev.spanwise.analyzer.ingest;

/** The attributes that {@code telemetry.yaml} declares and the analyzer reads from spans. */
final class DeclaredAttributes {
  /** The name of a named read. */
  static final String SPANWISE_READ_NAME = "spanwise.read.name";

  /** The process id of the PostgreSQL backend that executed the statement. */
  static final String POSTGRESQL_PID = "postgresql.pid";

  private DeclaredAttributes() {}
}
