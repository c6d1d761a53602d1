// Generated from instrumentation/telemetry.yaml; how: instrumentation/telemetry/README.md.
package dev.spanwise.analyzer.server;

/**
 * The labels of the metrics at {@code /metrics} as {@code telemetry.yaml} declares them, and the
 * values of those that have a closed set.
 */
final class ServerLabel {
  /** The finding's id, the same as long as its cause is the same. */
  static final String FINDING = "finding";

  /** The rule that found it. */
  static final String RULE = "rule";

  /** How much the cause costs. */
  static final String SEVERITY = "severity";

  /** A second and more of each call, or of each request. */
  static final String SEVERITY_CRITICAL = "critical";

  /** 100 ms and more. */
  static final String SEVERITY_HIGH = "high";

  /** 20 ms and more. */
  static final String SEVERITY_MEDIUM = "medium";

  /** Less. */
  static final String SEVERITY_LOW = "low";

  /** Worth knowing; it costs nothing. */
  static final String SEVERITY_INFO = "info";

  /** The service whose query it is; empty where it is not known. */
  static final String SERVICE = "service";

  /** The named read or the endpoint whose query it is; empty where it is not known. */
  static final String OPERATION = "operation";

  /** The table that it is about; empty where it is about none. */
  static final String RELATION = "relation";

  /** How surely a slow span is tied to an executed plan. */
  static final String CONFIDENCE = "confidence";

  /** One plan and one span, with the same statement. */
  static final String CONFIDENCE_EXACT = "exact";

  /** One plan and one span, with nothing that says that their statements are the same. */
  static final String CONFIDENCE_PROBABLE = "probable";

  /** Several could belong to each other. */
  static final String CONFIDENCE_AMBIGUOUS = "ambiguous";

  /** None could. */
  static final String CONFIDENCE_UNLINKED = "unlinked";

  private ServerLabel() {}
}
