package dev.spanwise.analyzer.workload;

import dev.spanwise.analyzer.trace.ConnectionAcquisition;
import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.trace.SpanKind;
import dev.spanwise.analyzer.trace.SpanTree;
import dev.spanwise.analyzer.trace.Trace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Running totals of the time before statements, for each endpoint. */
final class ConnectionWaitStatistics {

  private record Key(@Nullable String service, @Nullable String endpoint) {}

  private static final Key FURTHER = new Key(null, null);

  private static final class Endpoint {
    final RepetitionStatistics waited = new RepetitionStatistics();
    final NavigableSet<String> spanNames = new TreeSet<>();
    final RepetitionStatistics unseen = new RepetitionStatistics();
  }

  /** The spans of one request, but for its own. */
  private static final class Request {
    final @Nullable Span own;
    final Key key;
    final List<Span> acquisitions = new ArrayList<>(2);
    final List<Span> all = new ArrayList<>();
    long firstStatementNanos = Long.MAX_VALUE;

    Request(@Nullable Span own, Key key) {
      this.own = own;
      this.key = key;
    }
  }

  private final Map<Key, Endpoint> endpoints = new HashMap<>();
  private final long slowerThanNanos;

  ConnectionWaitStatistics(long slowerThanNanos) {
    this.slowerThanNanos = slowerThanNanos;
  }

  /** Takes a trace; most are passed over at a glance. */
  void add(Trace trace) {
    if (trace.spans().stream().noneMatch(this::isTelling)) {
      return;
    }
    SpanTree tree = new SpanTree(trace);
    Map<Long, Request> requests = new HashMap<>();
    Set<Long> seen = new HashSet<>();
    for (Span span : trace.spans()) {
      SpanTree.Origin origin = tree.origin(span);
      if (span.equals(origin.request()) || !seen.add(span.spanId())) {
        continue;
      }
      Request request =
          requests.computeIfAbsent(
              origin.requestSpanId(), id -> new Request(origin.request(), key(span, origin)));
      request.all.add(span);
      if (ConnectionAcquisition.is(span)) {
        request.acquisitions.add(span);
      } else if (span.call() != null && span.call().statement() != null) {
        request.firstStatementNanos = Math.min(request.firstStatementNanos, span.startNanos());
      }
    }
    requests.forEach(this::add);
  }

  private static Key key(Span span, SpanTree.Origin origin) {
    Span request = origin.request();
    return new Key(request == null ? span.service() : request.service(), origin.endpoint());
  }

  private boolean isTelling(Span span) {
    boolean slowRequest =
        (span.kind() == SpanKind.SERVER || span.kind() == SpanKind.CONSUMER)
            && span.durationNanos() >= slowerThanNanos;
    return slowRequest || ConnectionAcquisition.is(span);
  }

  private void add(long requestSpanId, Request request) {
    if (!request.acquisitions.isEmpty()) {
      long waited = Intervals.covered(request.acquisitions, Long.MAX_VALUE);
      if (waited >= WorkloadLimits.WAITED_NANOS) {
        Endpoint endpoint = endpoint(request.key);
        endpoint.waited.add(calls(requestSpanId, request, request.acquisitions.size(), waited));
        request.acquisitions.stream()
            .map(Span::name)
            .filter(name -> endpoint.spanNames.size() < WorkloadLimits.SPAN_NAMES)
            .forEach(endpoint.spanNames::add);
      }
      return;
    }
    Span own = request.own;
    if (own == null
        || own.durationNanos() < slowerThanNanos
        || request.firstStatementNanos == Long.MAX_VALUE) {
      return;
    }
    long before = request.firstStatementNanos - own.startNanos();
    long unseen = before - Intervals.covered(request.all, request.firstStatementNanos);
    if (unseen >= WorkloadLimits.WAITED_NANOS) {
      endpoint(request.key).unseen.add(calls(requestSpanId, request, 1, unseen));
    }
  }

  private static RepeatedCalls calls(long requestSpanId, Request request, long calls, long nanos) {
    Span first = request.all.get(0);
    long requestNanos = request.own == null ? nanos : request.own.durationNanos();
    return new RepeatedCalls(first.traceId(), requestSpanId, calls, nanos, 0, requestNanos);
  }

  private Endpoint endpoint(Key key) {
    boolean room = endpoints.size() < WorkloadLimits.ENDPOINTS || endpoints.containsKey(key);
    return endpoints.computeIfAbsent(room ? key : FURTHER, added -> new Endpoint());
  }

  /** What has been taken so far, in no order. */
  List<ConnectionWaits> waits() {
    List<ConnectionWaits> waits = new ArrayList<>();
    endpoints.forEach(
        (key, endpoint) ->
            waits.add(
                new ConnectionWaits(
                    key.service,
                    key.endpoint,
                    endpoint.waited.repetition(),
                    endpoint.spanNames,
                    endpoint.unseen.repetition())));
    return waits;
  }
}
