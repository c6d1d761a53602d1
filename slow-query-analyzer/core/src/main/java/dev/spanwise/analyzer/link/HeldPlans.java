package dev.spanwise.analyzer.link;

import dev.spanwise.analyzer.workload.QueryKey;
import dev.spanwise.analyzer.workload.Repetition;
import dev.spanwise.analyzer.workload.Workload;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Bounds what plans are held: those of a query's slowest spans that have one stay, and that of a
 * usual call where requests repeat it. Most take some 20 kB; where they are so large that all take
 * more than {@value #BYTES} bytes, the query gives way whose plans are the largest, and those that
 * hold but one plan only after all others. For one thread.
 */
final class HeldPlans {

  /** Plans held of one query, and in all. */
  static final int OF_A_QUERY = 5;

  static final int IN_ALL = 2_000;

  static final long BYTES = 40_000_000;

  private final Map<QueryKey, Long> usualNanos = new HashMap<>();
  private final Map<QueryKey, HeldPlansOfQuery> queries = new HashMap<>();
  private int size;
  private long bytes;

  HeldPlans(Workload workload) {
    workload
        .queries()
        .forEach(
            query -> {
              Repetition repetition = query.anyRepetition();
              if (repetition != null) {
                usualNanos.put(query.key(), repetition.callNanos() / repetition.calls());
              }
            });
  }

  /** Takes note that a span may have got a plan. */
  void update(Candidate candidate) {
    QueryKey key = candidate.slow().query();
    HeldPlansOfQuery query =
        queries.computeIfAbsent(key, unseen -> new HeldPlansOfQuery(usualNanos.get(key)));
    count(query, -1);
    query.update(candidate);
    count(query, 1);
    if (query.size() > OF_A_QUERY || (size > IN_ALL && query.size() > 1)) {
      drop(query);
    }
    while (bytes > BYTES) {
      dropLarge();
    }
  }

  private void dropLarge() {
    Optional<HeldPlansOfQuery> spare =
        queries.values().stream()
            .filter(query -> query.size() > 1)
            .max(Comparator.comparingLong(HeldPlansOfQuery::bytes));
    // Of the plans left, a small one would make room for nothing.
    spare
        .or(
            () ->
                queries.values().stream()
                    .filter(query -> query.bytes() > 0 && query.bytes() >= bytes / size)
                    .min(Comparator.comparingLong(HeldPlansOfQuery::fastestNanos)))
        .ifPresent(this::drop);
  }

  private void drop(HeldPlansOfQuery query) {
    count(query, -1);
    query.dropOne();
    count(query, 1);
  }

  private void count(HeldPlansOfQuery query, int sign) {
    size += sign * query.size();
    bytes += sign * query.bytes();
  }

  /** Of how many statements all plans were let go, in words; empty where of none. */
  static Optional<String> note(Collection<Link> links) {
    Set<QueryKey> without = queries(links.stream().filter(Link::isPlanLetGo));
    without.removeAll(queries(links.stream().filter(link -> link.plan() != null)));
    return without.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "not judged by their plans: %,d of the statements whose plans the log has, since plans are held up to %,d MB",
                without.size(),
                BYTES / 1_000_000));
  }

  private static Set<QueryKey> queries(Stream<Link> links) {
    return links.map(link -> link.span().query()).collect(Collectors.toCollection(HashSet::new));
  }
}
