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
 * @param largestRows rows of the largest, reckoned from the average group's
 */
record SpilledGroups(String field, double count, double largestDiskBytes, double largestRows) {

  private static final double KILOBYTE = 1_024;
  private static final String ON_DISK = ".Sort Space Disk.";
  private static final String PEAK = ON_DISK + "Peak Sort Space Used";
  private static final String AVERAGE = ON_DISK + "Average Sort Space Used";

  /** The groups of a sort; empty where it has none on disk. */
  static Optional<SpilledGroups> of(PlanNode sort) {
    return sort.type() != NodeType.INCREMENTAL_SORT
        ? Optional.empty()
        : sort.details().keySet().stream()
            .filter(name -> name.endsWith(PEAK))
            .max(Comparator.comparingDouble(name -> number(sort, name)))
            .map(name -> of(sort, name.substring(0, name.length() - PEAK.length())));
  }

  private static SpilledGroups of(PlanNode sort, String group) {
    String field = group.substring(group.lastIndexOf('.') + 1);
    double peak = number(sort, group + PEAK);
    double count =
        sort.details().keySet().stream()
            .filter(name -> ("." + name).endsWith("." + field + ".Group Count"))
            .mapToDouble(name -> number(sort, name))
            .sum();
    double rows = PlanSubject.inputs(sort).stream().mapToDouble(PlanSubject::rows).sum();
    double average = rows / Math.max(1, count);
    double averagePeak = number(sort, group + AVERAGE);
    double largest = averagePeak > 0 ? average * peak / averagePeak : average;
    return new SpilledGroups(field, count, peak * KILOBYTE, Math.min(rows, largest));
  }

  private static double number(PlanNode sort, String name) {
    Double number = sort.number(name);
    return number == null ? 0 : number;
  }
}
