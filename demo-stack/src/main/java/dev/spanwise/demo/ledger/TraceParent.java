package dev.spanwise.demo.ledger;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The trace that a row is written in. */
final class TraceParent {
  private TraceParent() {}

  /**
   * The current span as a <a href="https://www.w3.org/TR/trace-context/">W3C traceparent</a>; null
   * outside of a trace.
   */
  static @Nullable String current() {
    Map<String, String> headers = new HashMap<>();
    W3CTraceContextPropagator.getInstance().inject(Context.current(), headers, Map::put);
    return headers.get("traceparent");
  }
}
