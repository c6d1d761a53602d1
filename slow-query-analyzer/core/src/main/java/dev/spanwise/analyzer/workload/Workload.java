package dev.spanwise.analyzer.workload;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a window of traces asked of its databases. Immutable.
 *
 * @param spans spans seen, of any kind
 * @param slowSpans database spans at or above the threshold
 * @param slowerThanNanos the threshold
 * @param queries costliest total time first
 * @param withoutText database spans that carry no statement text
 * @param leftOut calls of statements beyond {@link WorkloadLimits#QUERIES}
 * @param fragments how often a trace was too large to be held whole
 * @param traces an example for each endpoint, the one through most parts first, at most {@link
 *     WorkloadLimits#TRACES}
 * @param connectionWaits endpoints whose requests spent time before their statements, in no order
 */
public record Workload(
    long spans,
    long slowSpans,
    long slowerThanNanos,
    List<Query> queries,
    long withoutText,
    long leftOut,
    long fragments,
    List<ExemplarTrace> traces,
    List<ConnectionWaits> connectionWaits) {

  public Workload {
    queries = List.copyOf(queries);
    traces = List.copyOf(traces);
    connectionWaits = List.copyOf(connectionWaits);
  }

  /** The spans whose plans are wanted: those that are slow, and those that are by repetition. */
  public Stream<SlowSpan> linkable() {
    return queries.stream()
        .flatMap(query -> Stream.concat(query.slowest().stream(), query.repeated().stream()));
  }

  /** The slow spans that were kept, query by query. */
  public Stream<SlowSpan> slowest() {
    return queries.stream().flatMap(query -> query.slowest().stream());
  }
}
