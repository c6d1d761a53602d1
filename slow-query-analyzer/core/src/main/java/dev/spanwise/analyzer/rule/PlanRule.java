package dev.spanwise.analyzer.rule;

/** A rule that looks at one plan. Stateless. */
interface PlanRule extends Rule {

  Verdict examine(PlanSubject subject);
}
