package dev.spanwise.analyzer.workload;

import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.trace.TraceId;
import java.util.List;

/**
 * A whole trace, kept as an example of what a request to its endpoint sets off. Immutable.
 *
 * @param id the trace's id
 * @param endpoint route of its first request, or the name of its first span
 * @param spans in order of their start, at most {@link WorkloadLimits#SPANS_OF_A_TRACE}; those of
 *     another trace belong to one that links to this
 * @param spansOmitted how many more there were
 */
public record ExemplarTrace(TraceId id, String endpoint, List<Span> spans, long spansOmitted) {

  public ExemplarTrace {
    spans = List.copyOf(spans);
  }
}
