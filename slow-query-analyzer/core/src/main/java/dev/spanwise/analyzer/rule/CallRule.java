package dev.spanwise.analyzer.rule;

/**
 * A rule that looks at one slow call and what the server logged of it beside its plan. Stateless.
 */
interface CallRule extends Rule {

  CallVerdict examine(Call call);
}
