package dev.spanwise.analyzer.workload;

import dev.spanwise.analyzer.trace.DatabaseCall;
import dev.spanwise.analyzer.trace.Span;

/** A database span at or above the threshold, and the query that it is a call of. */
public record SlowSpan(QueryKey query, Span span) {

  /** Whether it names the backend that ran it, without which no plan can be linked. */
  public boolean hasBackendPid() {
    DatabaseCall call = span.call();
    return call != null && call.backendPid() != null;
  }
}
