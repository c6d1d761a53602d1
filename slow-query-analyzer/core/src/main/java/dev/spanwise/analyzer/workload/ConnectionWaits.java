package dev.spanwise.analyzer.workload;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the requests to one endpoint spent before their statements could run. Immutable.
 *
 * @param service service that answers; null where the resource names none
 * @param endpoint route of the outermost request; null where it is not known
 * @param waited requests in which getting connections took {@link WorkloadLimits#WAITED_NANOS} or
 *     more, with the time of the spans that stand for it; null where there was none
 * @param spanNames the names of those spans, at most {@link WorkloadLimits#SPAN_NAMES}
 * @param unseen slow requests with statements but without such a span, and the time before the
 *     first statement that no span shows, where it is as long; null where there was none
 */
public record ConnectionWaits(
    @Nullable String service,
    @Nullable String endpoint,
    @Nullable Repetition waited,
    SortedSet<String> spanNames,
    @Nullable Repetition unseen) {

  public ConnectionWaits {
    spanNames = Collections.unmodifiableSortedSet(new TreeSet<>(spanNames));
  }
}
