package dev.spanwise.instrumentation.telemetry;

/**
 * What a failure inside telemetry can cost: a closed set, so that telling of failures takes no
 * memory by what an application names its spans and consumers. Replicas and periodic tasks are
 * named by configuration: each is told of for itself.
 */
public enum Loss {
  TRACER("the spans of a scope"),
  SPAN("a span"),
  SPAN_ATTRIBUTE("an attribute of a span"),
  SPAN_NAME("the name of a span"),
  SPAN_ERROR("the error of a span"),
  SPAN_END("the end of a span"),
  SPAN_STATE("whether a span is recording"),
  CURRENT_CONTEXT("the current context"),
  SCOPE_END("the end of a scope"),
  SENT_CONTEXT("the context of a message that was sent"),
  RECEIVED_CONTEXT("the context of a message that was received"),
  METRIC("a metric"),
  METRIC_VALUE("a value of a metric"),
  METRIC_END("the end of a gauge"),
  JETSTREAM("the instrumentation of JetStream"),
  MESSAGE_STREAM("the stream of a message that was sent"),
  ROW_CONTEXT("the trace of a row"),
  CHANGE("the time and the trace of a change"),
  HEARTBEAT("a heartbeat on the primary"),
  PRIMARY("the slots and the position of the primary"),
  REPLICA("the state of a replica", true),
  PERIODIC_RUN("a run of a periodic task", true);

  final String description;

  /** Whether a failure of one name leaves those of another to be told. */
  final boolean eachName;

  Loss(String description) {
    this(description, false);
  }

  Loss(String description, boolean eachName) {
    this.description = description;
    this.eachName = eachName;
  }
}
