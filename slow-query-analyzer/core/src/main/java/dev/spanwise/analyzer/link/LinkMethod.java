package dev.spanwise.analyzer.link;

/** What a link rests on, the strongest first. */
public enum LinkMethod {
  /**
   * The statement carries a <a
   * href="https://www.w3.org/TR/trace-context/#traceparent-header">traceparent</a> in a comment
   * that names the span or its parent, as OpenTelemetry's does, and the execution lies inside the
   * span. A prepared statement keeps the comment that it was prepared with: time decides which
   * execution is meant.
   */
  TRACEPARENT("traceparent"),
  /**
   * The span's {@code postgresql.pid} is the logged backend's, and the execution lies inside the
   * span: a backend does one thing at a time.
   */
  BACKEND_PID("backend-pid"),
  /** As with a comment, but {@code application_name} names the span. */
  APPLICATION_NAME("application-name"),
  /**
   * Nothing names the span, but the execution alone ran the same statement inside it and took most
   * of its time, and no other span can have it.
   */
  FINGERPRINT_AND_DURATION("fingerprint-and-duration");

  private final String id;

  LinkMethod(String id) {
    this.id = id;
  }

  /** The report's name for it. */
  public String id() {
    return id;
  }
}
