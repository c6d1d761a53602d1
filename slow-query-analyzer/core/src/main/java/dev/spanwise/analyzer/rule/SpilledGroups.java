package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.Comparator;
import java.util.Optional;

/**
 * The groups that an incremental sort sorts one after the other, each in memory of its own, where
 * some went to disk. See <a href="https://www.postgresql.org/docs/current/using-explain.html">Using
 * EXPLAIN</a>.
 *
 * @param field the part of the node that describes them, such as {@code Pre-sorted Groups}
 * @param count groups over all processes, those that stayed in memory included
 * @param largestDiskBytes what the largest wrote
 * @param largestRows rows of the largest at most, reckoned from what it wrote: the average on disk
 *     is printed as if groups that stayed in memory had written nothing
 */
record SpilledGroups(String field, double count, double largestDiskBytes, double largestRows) {

  private static final String PEAK = ".Sort Space Disk.Peak Sort Space Used";

  /** Bytes that a row takes on disk beside its columns: its length and its header. */
  private static final double ROW_HEADER = 10;

  /** The groups of a sort; empty where it has none on disk. */
  static Optional<SpilledGroups> of(PlanNode sort) {
    return sort.type() != NodeType.INCREMENTAL_SORT
        ? Optional.empty()
        : sort.details().keySet().stream()
            .filter(name -> name.endsWith(PEAK))
            .max(
                Comparator.comparingDouble((String name) -> number(sort, name))
                    .thenComparing(name -> name.contains("Pre-sorted")))
            .map(name -> of(sort, name.substring(0, name.length() - PEAK.length())));
  }

  private static SpilledGroups of(PlanNode sort, String group) {
    String field = group.substring(group.lastIndexOf('.') + 1);
    double peak = number(sort, group + PEAK) * WorkMemory.KILOBYTE;
    double count =
        sort.details().keySet().stream()
            .filter(name -> ("." + name).endsWith("." + field + ".Group Count"))
            .mapToDouble(name -> number(sort, name))
            .sum();
    double rows = PlanSubject.inputs(sort).stream().mapToDouble(PlanSubject::rows).sum();
    double width = sort.estimate() == null ? 0 : sort.estimate().width();
    return new SpilledGroups(field, count, peak, Math.min(rows, peak / (width + ROW_HEADER)));
  }

  private static double number(PlanNode sort, String name) {
    Double number = sort.number(name);
    return number == null ? 0 : number;
  }
}
