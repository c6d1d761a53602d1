package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.workload.ConnectionWaits;

/** A rule that looks at what the requests to one endpoint do around their statements. Stateless. */
interface EndpointRule extends Rule {

  /**
   * Judges an endpoint.
   *
   * @param slowerThanMs from which duration on a request is slow
   */
  QueryVerdict examine(ConnectionWaits waits, double slowerThanMs);
}
