package dev.spanwise.analyzer.workload;

import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.trace.SpanTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls of each query in each request of one trace. */
final class RequestCalls {

  private record Group(QueryStatistics query, long requestSpanId) {}

  private record Calls(QueryKey key, @Nullable Span request, List<Span> spans) {}

  private final Map<Group, Calls> groups = new HashMap<>();

  void add(QueryKey key, QueryStatistics query, SpanTree.Origin origin, Span call) {
    groups
        .computeIfAbsent(
            new Group(query, origin.requestSpanId()),
            group -> new Calls(key, origin.request(), new ArrayList<>(2)))
        .spans()
        .add(call);
  }

  /** Hands each group that repeats, or is slow as a whole, to its query. */
  void hand(long slowerThanNanos) {
    groups.forEach((group, calls) -> hand(group, calls, slowerThanNanos));
  }

  private static void hand(Group group, Calls calls, long slowerThanNanos) {
    boolean repeats = calls.spans().size() >= WorkloadLimits.REPEATED_CALLS;
    long atMostNanos = calls.spans().stream().mapToLong(Span::durationNanos).sum();
    boolean maySlow = calls.request() != null && atMostNanos >= slowerThanNanos;
    if (!repeats && !maySlow) {
      return;
    }
    RepeatedCalls together = together(group.requestSpanId(), calls);
    boolean slows = together.callNanos() >= slowerThanNanos;
    if (repeats && together.callNanos() >= WorkloadLimits.REPEATED_NANOS) {
      group.query().addRepeated(together);
      if (slows) {
        calls.spans().stream()
            .filter(span -> span.durationNanos() < slowerThanNanos)
            .forEach(span -> group.query().keepRepeated(new SlowSpan(calls.key(), span, true)));
      }
    }
    if (maySlow && slows) {
      group.query().addSlowed(together);
    }
  }

  private static RepeatedCalls together(long requestSpanId, Calls calls) {
    List<Span> spans = calls.spans();
    spans.sort(Comparator.comparingLong(Span::startNanos));
    Span request = calls.request();
    // Where the request's own span is missing, it lasted at least as long as its calls.
    long requestNanos =
        request == null
            ? spans.stream().mapToLong(Span::endNanos).max().orElseThrow()
                - spans.get(0).startNanos()
            : request.durationNanos();
    long longest = spans.stream().mapToLong(Span::durationNanos).max().orElseThrow();
    return new RepeatedCalls(
        spans.get(0).traceId(), requestSpanId, spans.size(), covered(spans), longest, requestNanos);
  }

  /**
   * The length of the union of the intervals of spans in order of their start: calls side by side
   * cost their time once.
   */
  private static long covered(List<Span> spans) {
    long nanos = 0;
    long end = Long.MIN_VALUE;
    for (Span span : spans) {
      if (span.endNanos() > end) {
        nanos += span.endNanos() - Math.max(end, span.startNanos());
        end = span.endNanos();
      }
    }
    return nanos;
  }
}
