package dev.spanwise.analyzer.workload;

import dev.spanwise.analyzer.trace.DatabaseCall;
import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.trace.SpanTree;
import java.util.ArrayList;
import java.util.Collection;
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
    int count = calls.spans().size();
    long atMostNanos = calls.spans().stream().mapToLong(Span::durationNanos).sum();
    boolean maySlow = calls.request() != null && atMostNanos >= slowerThanNanos;
    if (count < WorkloadLimits.IDENTICAL_CALLS && !maySlow) {
      return;
    }
    Map<Long, Long> longestByText = longestByText(calls.spans());
    boolean identical = longestByText != null && isIdentical(count, longestByText.size());
    boolean repeats = identical || count >= WorkloadLimits.REPEATED_CALLS;
    if (!repeats && !maySlow) {
      return;
    }
    RepeatedCalls together =
        together(
            group.requestSpanId(),
            calls,
            identical && longestByText != null ? sum(longestByText.values()) : longest(calls));
    boolean slows = together.callNanos() >= slowerThanNanos;
    if (repeats && together.callNanos() >= WorkloadLimits.REPEATED_NANOS) {
      group.query().addRepeated(together, identical);
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

  /** Whether nearly every call but the first repeats one that was made with the same text. */
  private static boolean isIdentical(int calls, int texts) {
    return calls >= WorkloadLimits.IDENTICAL_CALLS
        && calls - texts >= WorkloadLimits.IDENTICAL_SHARE * (calls - 1);
  }

  /** The longest call with each text as sent; null where that is not known of all. */
  private static @Nullable Map<Long, Long> longestByText(List<Span> spans) {
    Map<Long, Long> longest = new HashMap<>();
    for (Span span : spans) {
      DatabaseCall call = span.call();
      Long text = call == null ? null : call.textHash();
      if (text == null) {
        return null;
      }
      longest.merge(text, span.durationNanos(), Math::max);
    }
    return longest;
  }

  private static long sum(Collection<Long> nanos) {
    return nanos.stream().mapToLong(Long::longValue).sum();
  }

  /** What one statement in the place of all calls would take: as long as the longest of them. */
  private static long longest(Calls calls) {
    return calls.spans().stream().mapToLong(Span::durationNanos).max().orElseThrow();
  }

  /**
   * The calls of a group as one.
   *
   * @param needed what would still be needed
   */
  private static RepeatedCalls together(long requestSpanId, Calls calls, long needed) {
    List<Span> spans = calls.spans();
    long callNanos = Intervals.covered(spans, Long.MAX_VALUE);
    Span request = calls.request();
    // Where the request's own span is missing, it lasted at least as long as its calls.
    long requestNanos =
        request == null
            ? spans.stream().mapToLong(Span::endNanos).max().orElseThrow()
                - spans.get(0).startNanos()
            : request.durationNanos();
    return new RepeatedCalls(
        spans.get(0).traceId(),
        requestSpanId,
        spans.size(),
        callNanos,
        Math.min(needed, callNanos),
        requestNanos);
  }
}
