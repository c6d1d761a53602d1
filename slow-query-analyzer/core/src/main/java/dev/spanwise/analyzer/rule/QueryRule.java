package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.workload.Query;

/**
 * A rule that looks at the calls of one query in its traces. Stateless. Its id is its class name.
 */
interface QueryRule {

  QueryVerdict examine(Query query, double slowerThanMs);

  default String id() {
    return getClass().getSimpleName();
  }
}
