package dev.spanwise.analyzer.workload;

import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.trace.SpanKind;
import dev.spanwise.analyzer.trace.SpanLink;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The spans of a large trace that tell most of it: those that lead from one part to another, then
 * the longest, each with its ancestors.
 */
final class TellingSpans {

  private static final Comparator<Span> MOST_TELLING =
      Comparator.comparingInt(TellingSpans::weight)
          .thenComparingLong(Span::durationNanos)
          .reversed();

  private TellingSpans() {}

  /** All, or {@code limit} of them; a set of the same objects. */
  static Set<Span> of(Collection<Span> spans, int limit) {
    Set<Span> kept = Collections.newSetFromMap(new IdentityHashMap<>());
    if (spans.size() <= limit) {
      kept.addAll(spans);
      return kept;
    }
    Map<SpanLink, Span> byId = new HashMap<>(spans.size() * 2);
    spans.forEach(span -> byId.put(new SpanLink(span.traceId(), span.spanId()), span));
    List<Span> order = new ArrayList<>(spans);
    order.sort(MOST_TELLING);
    for (Span span : order) {
      if (kept.size() == limit) {
        break;
      }
      Set<Span> chain = Collections.newSetFromMap(new IdentityHashMap<>());
      Span next = span;
      while (next != null
          && !kept.contains(next)
          && kept.size() + chain.size() <= limit
          && chain.add(next)) {
        next = parent(next, byId);
      }
      if (kept.size() + chain.size() <= limit) {
        kept.addAll(chain);
      }
    }
    return kept;
  }

  private static @Nullable Span parent(Span span, Map<SpanLink, Span> byId) {
    return span.isRoot() ? null : byId.get(new SpanLink(span.traceId(), span.parentSpanId()));
  }

  private static int weight(Span span) {
    boolean leads =
        span.isRoot()
            || span.kind() == SpanKind.SERVER
            || span.kind() == SpanKind.PRODUCER
            || span.kind() == SpanKind.CONSUMER
            || !span.links().kept().isEmpty();
    return leads ? 2 : span.call() == null || span.failed() ? 1 : 0;
  }
}
