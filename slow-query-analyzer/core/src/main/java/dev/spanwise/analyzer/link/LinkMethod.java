package dev.spanwise.analyzer.link;

/** What a link rests on. */
public enum LinkMethod {
  /**
   * The span's {@code postgresql.pid} is the logged backend's, and the execution lies inside the
   * span.
   */
  BACKEND_PID("backend-pid");

  private final String id;

  LinkMethod(String id) {
    this.id = id;
  }

  /** The report's name for it. */
  public String id() {
    return id;
  }
}
