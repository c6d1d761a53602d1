package dev.spanwise.analyzer.link;

import dev.spanwise.analyzer.workload.SlowSpan;
import dev.spanwise.analyzer.workload.Workload;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The links of a workload's slow spans.
 *
 * @param links one for each span that could be tied to what a server logged, ambiguous ones
 *     included, and those of quick calls that are slow by repetition
 * @param unlinked slow spans looked at and not tied to any execution
 * @param plans executed plans that were offered
 * @param logRead whether there was a server log to read plans from
 * @param backendsLogged of the backends that spans name, those that wrote to a log
 * @param notes what was found out about the servers' clocks, and what could not be held, in words
 * @param apart where the logs and the slow spans have no time in common, the time of each, in
 *     words; else null
 */
public record Links(
    List<Link> links,
    long unlinked,
    long plans,
    boolean logRead,
    Set<Integer> backendsLogged,
    List<String> notes,
    @Nullable String apart) {

  public Links {
    links = List.copyOf(links);
    backendsLogged = Set.copyOf(backendsLogged);
    notes = List.copyOf(notes);
  }

  /** The links where there is no server log: none. */
  public static Links withoutLog(Workload workload) {
    return new Links(List.of(), workload.slowest().count(), 0, false, Set.of(), List.of(), null);
  }

  /** The links of spans that are slow by themselves. */
  public Stream<Link> ofSlowSpans() {
    return links.stream().filter(link -> !link.span().repeated());
  }

  public long count(Confidence confidence) {
    return ofSlowSpans().filter(link -> link.confidence() == confidence).count();
  }

  /** Links that are not ambiguous, by method. */
  public Map<LinkMethod, Long> byMethod() {
    return ofSlowSpans()
        .filter(link -> link.confidence() != Confidence.AMBIGUOUS)
        .collect(Collectors.groupingBy(Link::method, Collectors.counting()));
  }

  /** The links by their span. */
  public Map<SlowSpan, Link> bySpan() {
    return links.stream().collect(Collectors.toMap(Link::span, Function.identity(), (a, b) -> a));
  }
}
