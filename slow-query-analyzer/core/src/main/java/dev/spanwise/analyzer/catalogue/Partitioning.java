package dev.spanwise.analyzer.catalogue;

import java.util.List;

/**
 * How a partitioned table is divided. See <a
 * href="https://www.postgresql.org/docs/current/catalog-pg-partitioned-table.html">pg_partitioned_table</a>.
 *
 * @param strategy by what
 * @param columns columns of its partition key in order; expressions are not among them
 */
public record Partitioning(Strategy strategy, List<String> columns) {

  /** How a key leads to a partition: {@code partstrat}. */
  public enum Strategy {
    RANGE,
    LIST,
    HASH
  }

  public Partitioning {
    columns = List.copyOf(columns);
  }
}
