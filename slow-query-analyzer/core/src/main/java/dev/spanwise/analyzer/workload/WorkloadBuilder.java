package dev.spanwise.analyzer.workload;

import dev.spanwise.analyzer.trace.ConnectionAcquisition;
import dev.spanwise.analyzer.trace.DatabaseCall;
import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.trace.SpanTree;
import dev.spanwise.analyzer.trace.Trace;
import dev.spanwise.analyzer.trace.TraceAssembler;
import dev.spanwise.instrumentation.fingerprint.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Groups spans into a {@link Workload}. Memory is bounded by {@link WorkloadLimits}, whatever the
 * number of spans. Not thread-safe.
 */
public final class WorkloadBuilder {

  private final long slowerThanNanos;
  private final TraceAssembler assembler;
  private final Map<QueryKey, QueryStatistics> queries = new HashMap<>();
  private final ExemplarTraces traces = new ExemplarTraces();
  private final ConnectionWaitStatistics waits;
  private long spans;
  private long slowSpans;
  private long keptSlowSpans;
  private long withoutText;
  private long leftOut;

  /**
   * @param slowerThan from which duration on a database span is slow
   */
  public WorkloadBuilder(Duration slowerThan) {
    slowerThanNanos = slowerThan.toNanos();
    waits = new ConnectionWaitStatistics(slowerThanNanos);
    assembler = new TraceAssembler(WorkloadLimits.WAITING_SPANS, this::group);
  }

  /** Takes one span. */
  public void add(Span span) {
    spans++;
    assembler.add(span);
  }

  /** Groups the traces that no span has joined since the last call; for input that does not end. */
  public void groupIdleTraces() {
    assembler.releaseIdle();
  }

  /** Groups all traces, whether they may still grow or not. */
  public void groupAllTraces() {
    assembler.releaseAll();
  }

  /** What has been grouped so far. */
  public Workload build() {
    List<Query> costliestFirst = new ArrayList<>(queries.size());
    queries.forEach((key, statistics) -> costliestFirst.add(statistics.query(key)));
    costliestFirst.sort(
        Comparator.comparingDouble(Query::totalMs)
            .reversed()
            .thenComparingLong(query -> query.key().fingerprint()));
    return new Workload(
        spans,
        slowSpans,
        slowerThanNanos,
        costliestFirst,
        withoutText,
        leftOut,
        assembler.fragments(),
        traces.chosen(),
        waits.waits());
  }

  private void group(Trace trace) {
    traces.offer(trace);
    waits.add(trace);
    SpanTree tree = null;
    RequestCalls requests = null;
    Set<Long> seen = new HashSet<>();
    for (Span span : trace.spans()) {
      DatabaseCall call = span.call();
      // An exporter that tries again sends the same span twice.
      if (call == null || !seen.add(span.spanId())) {
        continue;
      }
      Statement statement = call.statement();
      if (statement == null) {
        withoutText += ConnectionAcquisition.is(span) ? 0 : 1;
        continue;
      }
      if (tree == null || requests == null) {
        tree = new SpanTree(trace);
        requests = new RequestCalls();
      }
      SpanTree.Origin origin = tree.origin(span);
      QueryKey key =
          new QueryKey(
              statement.fingerprint(), span.service(), origin.operation(), origin.endpoint());
      QueryStatistics statistics = statistics(key, call, statement);
      if (statistics == null) {
        leftOut++;
        continue;
      }
      statistics.add(span);
      if (span.durationNanos() >= slowerThanNanos) {
        slowSpans++;
        keepSlow(statistics, new SlowSpan(key, span));
      }
      requests.add(key, statistics, origin, span);
    }
    if (requests != null) {
      requests.hand(slowerThanNanos);
    }
  }

  private @Nullable QueryStatistics statistics(
      QueryKey key, DatabaseCall call, Statement statement) {
    QueryStatistics known = queries.get(key);
    if (known != null || queries.size() >= WorkloadLimits.QUERIES) {
      return known;
    }
    QueryStatistics added = new QueryStatistics(call.system(), statement.text());
    queries.put(key, added);
    return added;
  }

  private void keepSlow(QueryStatistics statistics, SlowSpan slow) {
    if (keptSlowSpans < WorkloadLimits.SLOW_SPANS || statistics.holdsFewSlow()) {
      keptSlowSpans += statistics.keepSlow(slow) ? 1 : 0;
    } else {
      statistics.replaceSlow(slow);
    }
  }
}
