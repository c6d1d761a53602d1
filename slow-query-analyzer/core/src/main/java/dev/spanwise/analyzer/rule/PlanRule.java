package dev.spanwise.analyzer.rule;

/** A rule that looks at one plan. Stateless. Its id is its class name. */
interface PlanRule {

  Verdict examine(PlanSubject subject);

  default String id() {
    return getClass().getSimpleName();
  }
}
