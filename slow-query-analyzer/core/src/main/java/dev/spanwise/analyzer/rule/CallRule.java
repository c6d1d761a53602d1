package dev.spanwise.analyzer.rule;

/**
 * A rule that looks at one slow call and what the server logged of it beside its plan. Stateless.
 * Its id is its class name.
 */
interface CallRule {

  CallVerdict examine(Call call);

  String id();
}
