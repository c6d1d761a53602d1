package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Index;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.condition.SortKey;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The columns that rows come in the order of.
 *
 * @param columns their names, at least one
 * @param descending for each, whether its values come down
 */
record PageOrder(List<String> columns, List<Boolean> descending) {

  PageOrder {
    columns = List.copyOf(columns);
    descending = List.copyOf(descending);
  }

  /** The order that a sort makes; empty where it sorts by anything but columns. */
  static Optional<PageOrder> ofSort(PlanNode sort) {
    List<SortKey> keys = sort.sortKey().stream().map(SortKey::read).toList();
    return of(
        keys.stream().map(SortKey::column).collect(Collectors.toList()),
        keys.stream().map(SortKey::descending).toList());
  }

  /**
   * The order of an index that a scan reads; empty where it reads none that the catalogue knows.
   */
  static Optional<PageOrder> ofIndex(PlanSubject subject, PlanNode scan) {
    boolean backward = "Backward".equals(scan.details().get("Scan Direction"));
    return subject
        .relation(scan)
        .flatMap(
            relation ->
                relation.indexes().stream()
                    .filter(index -> index.name().equals(scan.target().index()))
                    .findFirst())
        .map(Index::keys)
        .flatMap(
            keys ->
                of(
                    keys.stream().map(Index.Key::column).collect(Collectors.toList()),
                    keys.stream().map(key -> key.descending() != backward).toList()));
  }

  private static Optional<PageOrder> of(List<@Nullable String> columns, List<Boolean> descending) {
    return columns.isEmpty() || columns.stream().anyMatch(Objects::isNull)
        ? Optional.empty()
        : Optional.of(
            new PageOrder(
                columns.stream().map(column -> Objects.requireNonNull(column)).toList(),
                descending));
  }

  /** The condition for what comes after a row. */
  String condition() {
    boolean down = descending.contains(true);
    if (down && descending.contains(false)) {
      return "by comparing %s one after the other (the directions differ)"
          .formatted(Wording.list(quoted()));
    }
    String operator = down ? "<" : ">";
    if (columns.size() == 1) {
      return "WHERE %s %s its value there".formatted(quoted().get(0), operator);
    }
    return "WHERE (%s) %s (their values there)".formatted(String.join(", ", quoted()), operator);
  }

  /** The keys of an index in this order. */
  String keys() {
    boolean mixed = descending.contains(true) && descending.contains(false);
    StringBuilder keys = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      keys.append(i == 0 ? "" : ", ").append(quoted().get(i));
      // A b-tree is read both ways: one direction throughout needs no DESC.
      keys.append(mixed && descending.get(i) ? " DESC" : "");
    }
    return keys.toString();
  }

  private List<String> quoted() {
    return columns.stream().map(RelationName::quoted).toList();
  }
}
