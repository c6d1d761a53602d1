package dev.spanwise.telemetry;

/** Who defines an attribute that is set but not ours. */
public enum Convention {
  /** OpenTelemetry's semantic conventions. */
  OPENTELEMETRY("https://opentelemetry.io/docs/specs/semconv/registry/attributes/"),
  /** The Collector's PostgreSQL receiver, ahead of the conventions. */
  COLLECTOR_POSTGRESQL(
      "https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/receiver/postgresqlreceiver");

  private final String page;

  Convention(String page) {
    this.page = page;
  }

  /** Where it writes an attribute down. */
  String page(String attribute) {
    return this == OPENTELEMETRY
        ? page + attribute.substring(0, attribute.indexOf('.')) + "/"
        : page;
  }
}
