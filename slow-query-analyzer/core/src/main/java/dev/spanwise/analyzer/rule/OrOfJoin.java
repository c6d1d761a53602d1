package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.condition.Condition;
import dev.spanwise.analyzer.condition.Operand;
import dev.spanwise.analyzer.plan.Actual;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A join whose pairs of rows are made first and then thrown away by an OR over columns of both
 * sides.
 *
 * @param field the field of the join that holds the OR
 * @param scans the scan of each table that the OR names, by its alias
 * @param columns the columns that the OR names, by the table's alias
 * @param joins whether each side of the OR joins the two tables, so that the OR is how they join
 */
record OrOfJoin(
    PlanSubject subject,
    PlanNode join,
    String field,
    Map<String, PlanNode> scans,
    Map<String, Set<String>> columns,
    boolean joins) {

  /** The OR of a join's conditions; null where it has none that names two tables. */
  static @Nullable OrOfJoin of(PlanSubject subject, PlanNode join) {
    OrOfJoin found = of(subject, join, "Join Filter", join.conditions().joinFilter());
    return found == null ? of(subject, join, "Filter", join.conditions().filter()) : found;
  }

  private static @Nullable OrOfJoin of(
      PlanSubject subject, PlanNode join, String field, @Nullable String condition) {
    if (condition == null) {
      return null;
    }
    for (Condition conjunct : subject.condition(condition).conjuncts()) {
      Map<String, PlanNode> scans = new TreeMap<>();
      Map<String, Set<String>> columns = new TreeMap<>();
      if (conjunct instanceof Condition.Or or && collect(or, join, scans, columns)) {
        boolean joins = or.parts().stream().allMatch(side -> aliases(side).count() > 1);
        return new OrOfJoin(subject, join, field, scans, columns, joins);
      }
    }
    return null;
  }

  private static boolean collect(
      Condition.Or or,
      PlanNode join,
      Map<String, PlanNode> scans,
      Map<String, Set<String>> columns) {
    for (Condition side : or.parts()) {
      for (Operand.Column column : side.columns()) {
        String alias = column.qualifier();
        Optional<PlanNode> scan =
            alias == null
                ? Optional.empty()
                : join.nodes()
                    .filter(node -> alias.equals(node.target().alias()))
                    .filter(node -> node.target().relation() != null)
                    .findFirst();
        if (alias == null || scan.isEmpty()) {
          return false;
        }
        scans.put(alias, scan.get());
        columns.computeIfAbsent(alias, first -> new TreeSet<>()).add(column.name());
      }
    }
    return scans.size() > 1 && or.parts().stream().noneMatch(side -> side.columns().isEmpty());
  }

  private static Stream<String> aliases(Condition side) {
    return side.columns().stream()
        .flatMap(column -> Stream.ofNullable(column.qualifier()))
        .distinct();
  }

  /** Pairs of rows that the OR threw away. */
  private double removed() {
    Actual actual = join.actual();
    if (actual == null) {
      return 0;
    }
    Double byJoin = actual.removedByJoinFilter();
    return field.equals("Filter")
        ? actual.totalRemovedByFilter()
        : byJoin == null ? 0 : byJoin * actual.loops();
  }

  private double kept() {
    return PlanSubject.rows(join);
  }

  boolean isWasteful() {
    return PlanSubject.ran(join)
        && removed() >= Thresholds.DISCARDED_ROWS
        && removed() >= Thresholds.DISCARDED_SHARE * (removed() + kept())
        && subject.share(join) >= Thresholds.EXPLAINS_SHARE
        && !(joins && missing().isEmpty());
  }

  Cause cause(String rule) {
    String named = Wording.list(scans.keySet().stream().map(this::named).toList());
    String title =
        "%s pairs of rows are thrown away by an OR over %s"
            .formatted(Wording.count(removed()), named);
    String explanation =
        joins
            ? "Rows join by one column or by another, which neither a hash nor a merge can look up: PostgreSQL tried %s pairs of rows and kept %s."
                .formatted(Wording.count(removed() + kept()), Wording.count(kept()))
            : "The OR asks for columns of more than one table, so no table can be searched before they are joined: PostgreSQL joined %s pairs of rows and kept %s. No index serves that."
                .formatted(Wording.count(removed() + kept()), Wording.count(kept()));
    double share = subject.share(join);
    String pointer = join.pointer();
    return new Cause(
        rule,
        null,
        join,
        PlanSubject.pointers(join),
        title,
        explanation,
        List.of(
            Evidence.rows("pairs thrown away", removed(), pointer + "/Rows Removed by " + field),
            Evidence.rows("pairs kept", kept(), pointer + "/Actual Rows"),
            Evidence.share("share of the execution time", share, pointer + "/Actual Total Time")),
        share,
        joins ? indexes() : union());
  }

  private String named(String alias) {
    return columns.getOrDefault(alias, Set.of()).stream()
        .map(column -> RelationName.quoted(alias) + "." + RelationName.quoted(column))
        .collect(Collectors.joining(", "));
  }

  private Remedy.Step union() {
    return FunctionRemedy.rewrite(
        "Write one statement for each side of the OR and put the results together with UNION: one that asks for %s. Each can then begin with its own table and an index on it."
            .formatted(
                scans.keySet().stream()
                    .map(this::named)
                    .collect(Collectors.joining(", another that asks for "))));
  }

  /** The table that is gone through for each row of the other. */
  private String inner() {
    List<PlanNode> inputs = PlanSubject.inputs(join);
    List<String> aliases = List.copyOf(scans.keySet());
    return inputs
        .get(inputs.size() - 1)
        .nodes()
        .flatMap(node -> Stream.ofNullable(node.target().alias()))
        .filter(aliases::contains)
        .findFirst()
        .orElse(aliases.get(0));
  }

  /** The columns of the inner table that no known index begins with. */
  private List<String> missing() {
    Optional<Relation> relation =
        Optional.ofNullable(scans.get(inner())).flatMap(subject::relation);
    return columns.getOrDefault(inner(), Set.of()).stream()
        .filter(column -> FilteredScan.indexOn(relation.orElse(null), Set.of(column)).isEmpty())
        .toList();
  }

  private Remedy.Step indexes() {
    TableScan scan = TableScan.of(subject, scans.getOrDefault(inner(), join));
    return new Remedy.Step(
        Remedy.Kind.CREATE_INDEX,
        missing().stream()
            .map(column -> "%s (%s)".formatted(scan.createIndexOn(), RelationName.quoted(column)))
            .collect(Collectors.joining(";\n")),
        "the what-if planner is asked about one index at a time, and none of these may serve alone");
  }
}
