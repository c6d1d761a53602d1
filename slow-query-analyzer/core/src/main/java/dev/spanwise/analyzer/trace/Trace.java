package dev.spanwise.analyzer.trace;

import java.util.List;

/**
 * Spans of one trace that were seen together. Immutable.
 *
 * @param id the trace's id
 * @param spans in order of arrival
 * @param fragment whether the trace was handed over before its end, because it was too large to
 *     hold
 */
public record Trace(TraceId id, List<Span> spans, boolean fragment) {

  public Trace {
    spans = List.copyOf(spans);
  }
}
