package dev.spanwise.analyzer.rule;

/** A rule that looks at the calls of one query in its traces. Stateless. */
interface QueryRule extends Rule {

  QueryVerdict examine(QuerySubject subject);
}
