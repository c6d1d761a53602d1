package dev.spanwise.analyzer.workload;

import dev.spanwise.analyzer.trace.DatabaseCall;
import dev.spanwise.analyzer.trace.Span;

/**
 * A database span whose plan is wanted, and the query that it is a call of.
 *
 * @param repeated whether it is below the threshold, and one of many calls that together are not
 */
public record SlowSpan(QueryKey query, Span span, boolean repeated) {

  /** A span at or above the threshold. */
  public SlowSpan(QueryKey query, Span span) {
    this(query, span, false);
  }

  /** Whether it names the backend that ran it, by which its plan is found most surely. */
  public boolean hasBackendPid() {
    DatabaseCall call = span.call();
    return call != null && call.backendPid() != null;
  }
}
