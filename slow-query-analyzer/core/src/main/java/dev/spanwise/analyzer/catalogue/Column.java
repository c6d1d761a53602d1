package dev.spanwise.analyzer.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * A column with its planner statistics. See <a
 * href="https://www.postgresql.org/docs/current/view-pg-stats.html">pg_stats</a>.
 *
 * @param name column name, unquoted
 * @param type {@code format_type}, such as {@code timestamp with time zone}
 * @param notNull whether it is declared NOT NULL
 * @param distinct {@code n_distinct}: a count, or minus the share of rows; null where it was not
 *     analysed or may not be read
 * @param nullFraction {@code null_frac}; null like {@code distinct}
 * @param correlation {@code correlation} of physical and logical order, -1 to 1; null like {@code
 *     distinct}, or where the type has no order
 * @param averageWidth {@code avg_width} in bytes; null like {@code distinct}
 * @param commonestFrequency share of the rows that hold the most common value: the first of {@code
 *     most_common_freqs}; null like {@code distinct}, or where no value is more common than others
 * @param generated whether it is computed from others ({@code GENERATED ALWAYS AS})
 * @param btreeComparable whether the type has a default btree operator class
 */
public record Column(
    String name,
    String type,
    boolean notNull,
    @Nullable Double distinct,
    @Nullable Double nullFraction,
    @Nullable Double correlation,
    @Nullable Integer averageWidth,
    @Nullable Double commonestFrequency,
    boolean generated,
    boolean btreeComparable) {

  /** An ordinary column of which no value is known to be common. */
  public Column(
      String name,
      String type,
      boolean notNull,
      @Nullable Double distinct,
      @Nullable Double nullFraction,
      @Nullable Double correlation,
      @Nullable Integer averageWidth,
      boolean btreeComparable) {
    this(
        name,
        type,
        notNull,
        distinct,
        nullFraction,
        correlation,
        averageWidth,
        null,
        false,
        btreeComparable);
  }
}
