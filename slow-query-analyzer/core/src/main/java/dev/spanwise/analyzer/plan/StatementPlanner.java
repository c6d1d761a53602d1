package dev.spanwise.analyzer.plan;

/**
 * Says how a server would execute a statement of which no executed plan is known. Implementations
 * are used by one thread at a time.
 */
public interface StatementPlanner {

  /**
   * Plans a statement without running it.
   *
   * @param text normalised, with parameters {@code $1}, {@code $2} and so on
   */
  Answer plan(String text);

  /** What the server says. */
  sealed interface Answer {

    /**
     * It has a plan.
     *
     * @param plan with costs and without times
     */
    record Planned(Plan plan) implements Answer {}

    /**
     * It has none.
     *
     * @param reason why, in words that quote no literal
     */
    record Refused(Refusal refusal, String reason) implements Answer {}
  }

  /** Why a statement has no plan. */
  enum Refusal {
    /** The server cannot parse the text. */
    UNPARSEABLE,
    /** It can, but not plan it here. */
    UNEXPLAINABLE
  }
}
