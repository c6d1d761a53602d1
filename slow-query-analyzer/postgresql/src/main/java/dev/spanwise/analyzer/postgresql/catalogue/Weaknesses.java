package dev.spanwise.analyzer.postgresql.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the role may not see. */
final class Weaknesses {

  private static final int TABLES_NAMED = 10;

  private final Set<String> hiddenStatistics = new TreeSet<>();
  private final List<String> others = new ArrayList<>();

  void statisticsHidden(String relation) {
    hiddenStatistics.add(relation);
  }

  void add(String weakness) {
    others.add(weakness);
  }

  List<String> inWords() {
    List<String> all = new ArrayList<>();
    if (!hiddenStatistics.isEmpty()) {
      all.add(
          "column statistics are not visible for "
              + named()
              + ": how many distinct values, NULLs and in what order is unknown there, so the order"
              + " of index columns is a guess; grant SELECT on these tables or on"
              + " pg_catalog.pg_statistic");
    }
    all.addAll(others);
    return all;
  }

  private String named() {
    int more = hiddenStatistics.size() - TABLES_NAMED;
    String names = String.join(", ", hiddenStatistics.stream().limit(TABLES_NAMED).toList());
    return more > 0 ? names + " and " + more + " more tables" : names;
  }
}
