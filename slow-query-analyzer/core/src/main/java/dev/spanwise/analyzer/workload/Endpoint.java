package dev.spanwise.analyzer.workload;

import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.trace.SpanKind;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a trace stands for. */
final class Endpoint {

  private Endpoint() {}

  /** The route of a trace's first request, or the name of its first span; at least one span. */
  static String of(Collection<Span> spans) {
    Span first = earliest(spans, Span::isRoot);
    if (first == null) {
      Set<Long> ids = new HashSet<>();
      spans.forEach(span -> ids.add(span.spanId()));
      first = earliest(spans, span -> !ids.contains(span.parentSpanId()));
    }
    if (first == null) { // the parents form a loop
      first = spans.iterator().next();
    }
    if (first.route() != null) {
      return first.route();
    }
    // A traced caller outside: its name says less than the request that it makes.
    boolean calls = first.kind() == SpanKind.CLIENT && first.call() == null;
    Span request = calls ? earliest(spans, span -> span.route() != null) : null;
    return request == null || request.route() == null ? first.shownName() : request.route();
  }

  private static @Nullable Span earliest(Collection<Span> spans, Predicate<Span> which) {
    Span earliest = null;
    for (Span span : spans) {
      if (which.test(span) && (earliest == null || isBefore(span, earliest))) {
        earliest = span;
      }
    }
    return earliest;
  }

  private static boolean isBefore(Span one, Span other) {
    return one.startNanos() == other.startNanos()
        ? Long.compareUnsigned(one.spanId(), other.spanId()) < 0
        : one.startNanos() < other.startNanos();
  }
}
