// Generated from instrumentation/telemetry.yaml; how: instrumentation/telemetry/README.md.
package dev.spanwise.analyzer.server;

/**
 * The metrics at {@code /metrics} as {@code telemetry.yaml} declares them, with the names that the
 * exposition library wants: their kind's suffix is its to add.
 */
enum ServerMetric {
  FINDING("spanwise_finding", "One for each finding of the report."),
  FINDING_SAVED(
      "spanwise_finding_saved_seconds",
      "Wall time over the report's window that the finding's cure would save, estimated."),
  LINKS(
      "spanwise_links",
      "Slow spans of the report's window by how surely they are tied to an executed plan."),
  SPANS_RECEIVED("spanwise_spans_received", "Spans received."),
  PLANS_READ("spanwise_plans_read", "Executed plans read."),
  INPUT_REJECTED("spanwise_input_rejected", "Pieces of input that could not be used."),
  REPORT_TIMESTAMP("spanwise_report_timestamp_seconds", "When the latest report was made.");

  private final String prometheusName;
  private final String help;

  ServerMetric(String prometheusName, String help) {
    this.prometheusName = prometheusName;
    this.help = help;
  }

  String prometheusName() {
    return prometheusName;
  }

  String help() {
    return help;
  }
}
