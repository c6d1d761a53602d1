package dev.spanwise.analyzer.postgresql.explain;

import dev.spanwise.analyzer.plan.StatementPlanner.Refusal;

/** A statement has no plan; the message says why, and quotes no literal of it. */
public final class ExplainException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Refusal refusal;

  ExplainException(Refusal refusal, String message) {
    super(message);
    this.refusal = refusal;
  }

  ExplainException(String message) {
    this(Refusal.UNEXPLAINABLE, message);
  }

  public Refusal refusal() {
    return refusal;
  }
}
