package dev.spanwise.analyzer.catalogue;

import java.util.List;
import java.util.Set;

/**
 * What CREATE STATISTICS made. See <a
 * href="https://www.postgresql.org/docs/current/catalog-pg-statistic-ext.html">pg_statistic_ext</a>.
 *
 * @param name its name, unquoted
 * @param columns columns that it covers; expressions are not among them
 * @param kinds what it gathers
 */
public record ExtendedStatistics(String name, List<String> columns, Set<Kind> kinds) {

  /** What extended statistics gather: {@code stxkind}. */
  public enum Kind {
    DISTINCT_COUNTS,
    DEPENDENCIES,
    MOST_COMMON_VALUES,
    EXPRESSIONS
  }

  public ExtendedStatistics {
    columns = List.copyOf(columns);
    kinds = Set.copyOf(kinds);
  }
}
