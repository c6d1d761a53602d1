package dev.spanwise.analyzer.workload;

import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.trace.SpanLink;
import dev.spanwise.analyzer.trace.TraceId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What has come of one trace so far. Not thread-safe. */
final class TracePiece {

  private final TraceId id;
  private final Map<Long, Span> spans = new HashMap<>();
  private Set<TraceId> linkedTraces = Set.of();
  private long spansOmitted;

  TracePiece(TraceId id) {
    this.id = id;
  }

  /** Takes spans of the trace; one that came before counts once. */
  void add(Collection<Span> more) {
    more.forEach(span -> spans.putIfAbsent(span.spanId(), span));
    int seen = spans.size();
    if (seen > WorkloadLimits.SPANS_OF_A_TRACE) {
      spans.values().retainAll(TellingSpans.of(spans.values(), WorkloadLimits.SPANS_OF_A_TRACE));
      spansOmitted += seen - spans.size();
    }
    linkedTraces = linked();
  }

  TraceId id() {
    return id;
  }

  Collection<Span> spans() {
    return spans.values();
  }

  long spansOmitted() {
    return spansOmitted;
  }

  /** The other traces that its spans link to. */
  Set<TraceId> linkedTraces() {
    return linkedTraces;
  }

  private Set<TraceId> linked() {
    Set<TraceId> linked = Set.of();
    for (Span span : spans.values()) {
      for (SpanLink link : span.links().kept()) {
        if (!link.traceId().equals(id)) {
          linked = linked.isEmpty() ? new HashSet<>() : linked;
          linked.add(link.traceId());
        }
      }
    }
    return linked;
  }
}
