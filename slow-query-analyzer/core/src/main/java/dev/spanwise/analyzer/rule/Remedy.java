package dev.spanwise.analyzer.rule;

/** What helps against a cause. */
public sealed interface Remedy {

  /** An index, which the advisor derives from the plan. */
  record Index() implements Remedy {}

  /**
   * A step that the rule names itself.
   *
   * @param kind what sort of step it is
   * @param statement runnable as it stands where the kind is DDL or a command; otherwise the step
   *     in words
   * @param unproved why no planner proves it
   */
  record Step(Kind kind, String statement, String unproved) implements Remedy {}

  /** What sort of step an advice is. */
  enum Kind {
    CREATE_INDEX("create-index"),
    DROP_INDEX("drop-index"),
    ANALYZE("analyze"),
    CREATE_STATISTICS("create-statistics"),
    VACUUM("vacuum"),
    REWRITE_QUERY("rewrite-query"),
    SET_PARAMETER("set-parameter"),
    BATCH_QUERIES("batch-queries"),
    REFRESH_MATERIALIZED_VIEW("refresh-materialized-view"),
    INVESTIGATE("investigate");

    private final String id;

    Kind(String id) {
      this.id = id;
    }

    /** The report's name for it. */
    public String id() {
      return id;
    }
  }
}
