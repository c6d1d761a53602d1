package dev.spanwise.analyzer.link;

import dev.spanwise.analyzer.workload.SlowSpan;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The links of a workload's slow spans.
 *
 * @param links one for each span that could be tied to a plan, ambiguous ones included
 * @param unlinked slow spans looked at and not tied to any plan
 * @param plans executed plans that were offered
 */
public record Links(List<Link> links, long unlinked, long plans) {

  public Links {
    links = List.copyOf(links);
  }

  public long count(Confidence confidence) {
    return links.stream().filter(link -> link.confidence() == confidence).count();
  }

  /** Links that name a plan, by method. */
  public Map<LinkMethod, Long> byMethod() {
    return links.stream()
        .filter(link -> link.confidence() != Confidence.AMBIGUOUS)
        .collect(Collectors.groupingBy(Link::method, Collectors.counting()));
  }

  /** The links by their span. */
  public Map<SlowSpan, Link> bySpan() {
    return links.stream().collect(Collectors.toMap(Link::span, Function.identity(), (a, b) -> a));
  }
}
