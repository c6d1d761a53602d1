package dev.spanwise.analyzer.advice;

/** What sort of step an advice is. */
public enum AdviceKind {
  CREATE_INDEX("create-index"),
  ANALYZE("analyze"),
  BATCH_QUERIES("batch-queries"),
  INVESTIGATE("investigate");

  private final String id;

  AdviceKind(String id) {
    this.id = id;
  }

  /** The report's name for it. */
  public String id() {
    return id;
  }
}
