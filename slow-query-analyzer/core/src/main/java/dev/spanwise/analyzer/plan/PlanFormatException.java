package dev.spanwise.analyzer.plan;

/** EXPLAIN output that cannot be read. */
public final class PlanFormatException extends Exception {

  private final String place;

  public PlanFormatException(String place, String reason) {
    super(reason);
    this.place = place;
  }

  /** Line or JSON pointer of what could not be read. */
  public String place() {
    return place;
  }
}
