package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.condition.Condition;
import dev.spanwise.analyzer.condition.Operand;
import dev.spanwise.analyzer.plan.NodeType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Conditions joined by OR ask for different columns: one index finds none of them. An OR over the
 * columns of one table is served by an index on each, one over two tables by none.
 */
final class OrSpansColumns implements PlanRule {

  private static final NodeType[] JOINS = {
    NodeType.HASH_JOIN, NodeType.MERGE_JOIN, NodeType.NESTED_LOOP
  };

  /**
   * What an OR of one table's filter asks for.
   *
   * @param columns for each side that asks for a column, that column
   * @param subqueries sides that ask a subquery
   */
  private record Sides(Set<String> columns, int subqueries) {

    boolean subquery() {
      return subqueries > 0;
    }

    /** {@code city or a subquery}. */
    String inWords() {
      String asked = Wording.list(columns.stream().map(RelationName::quoted).toList());
      if (subqueries == 0) {
        return asked;
      }
      return columns.isEmpty() ? subqueries + " subqueries" : asked + " or a subquery";
    }
  }

  @Override
  public Verdict examine(PlanSubject subject) {
    List<FilteredScan> scans =
        subject.filteredScans().stream().filter(scan -> sides(scan) != null).toList();
    List<OrOfJoin> joins =
        subject
            .nodes(JOINS)
            .flatMap(join -> Stream.ofNullable(OrOfJoin.of(subject, join)))
            .toList();
    if (!(scans.isEmpty() && joins.isEmpty()) && !subject.plan().analyzed()) {
      return new Verdict.Inconclusive(
          "rows thrown away by an OR: the plan was not executed (EXPLAIN without ANALYZE)");
    }
    List<Cause> causes = new ArrayList<>();
    for (FilteredScan scan : scans) {
      Sides sides = sides(scan);
      if (sides != null
          && !HiddenComparisons.isServedByEquality(scan)
          && !areIndexed(scan, sides)) {
        causes.add(cause(scan, sides));
      }
    }
    joins.stream().filter(OrOfJoin::isWasteful).map(join -> join.cause(id())).forEach(causes::add);
    return Verdict.of(causes);
  }

  /** The sides of a filter's OR; null where it has none that spans columns that an index finds. */
  private static @Nullable Sides sides(FilteredScan scan) {
    for (Condition conjunct : scan.conjuncts()) {
      if (conjunct instanceof Condition.Or or) {
        Set<String> columns = new LinkedHashSet<>();
        int subqueries = 0;
        boolean served = true;
        for (Condition side : or.parts()) {
          String column = column(scan, side);
          if (column != null) {
            columns.add(column);
          } else if (asksSubquery(side)) {
            subqueries++;
          } else {
            served = false;
          }
        }
        if (served && columns.size() + subqueries > 1) {
          return new Sides(columns, subqueries);
        }
      }
    }
    return null;
  }

  /** A column by which an index would find what a side of the OR asks for; null where none is. */
  private static @Nullable String column(FilteredScan scan, Condition side) {
    List<String> columns =
        side.conjuncts().stream()
            .flatMap(part -> Stream.ofNullable(operand(scan, part)))
            .filter(operand -> HiddenComparisons.isBare(operand, scan))
            .flatMap(operand -> ExpressionIndex.columns(operand).stream())
            .toList();
    return columns.stream()
        .filter(scan::hasIndexOn)
        .findFirst()
        .orElse(columns.isEmpty() ? null : columns.get(0));
  }

  private static @Nullable Operand operand(FilteredScan scan, Condition part) {
    if (part instanceof Condition.NullTest test && test.isNull()) {
      return test.operand().columns().stream().anyMatch(scan::isOwn) ? test.operand() : null;
    }
    FilteredScan.Comparison comparison = scan.comparison(part);
    return comparison != null && comparison.isOrdered() ? comparison.operand() : null;
  }

  private static boolean asksSubquery(Condition side) {
    return side.conjuncts().stream()
        .anyMatch(
            part ->
                part instanceof Condition.Other other
                    && other.operand() instanceof Operand.Expression expression
                    && expression.ofSubplan());
  }

  /** Where each side has its index already, the OR is not what keeps it from being used. */
  private static boolean areIndexed(FilteredScan scan, Sides sides) {
    return !sides.subquery() && sides.columns().stream().allMatch(scan::hasIndexOn);
  }

  private Cause cause(FilteredScan scan, Sides sides) {
    Discards discards = Discards.of(scan.scan());
    String title =
        "Every row of %s is read for an OR over %s".formatted(scan.name(), sides.inWords());
    String explanation =
        "A row that fails one side of the OR may still pass another, so an index on one column cannot leave it out: PostgreSQL read %s rows and kept %s. %s"
            .formatted(
                Wording.count(discards.read()),
                discards.kept(),
                sides.subquery()
                    ? "No index serves a subquery that is one side of an OR."
                    : "With an index for each side it would add up their results (BitmapOr).");
    return scan.cause(
        id(),
        title,
        explanation,
        List.of(),
        sides.subquery() ? union(sides) : indexes(scan, sides));
  }

  private static Remedy.Step indexes(FilteredScan scan, Sides sides) {
    String ddl =
        sides.columns().stream()
            .filter(column -> !scan.hasIndexOn(column))
            .map(
                column ->
                    "%s (%s)".formatted(scan.scan().createIndexOn(), RelationName.quoted(column)))
            .collect(Collectors.joining(";\n"));
    String unknown =
        scan.relation() == null
            ? "; the catalogue is not known, so one of them may be there already"
            : "";
    return new Remedy.Step(
        Remedy.Kind.CREATE_INDEX,
        ddl,
        "the what-if planner is asked about one index at a time, and none of these serves alone"
            + unknown);
  }

  private static Remedy.Step union(Sides sides) {
    return FunctionRemedy.rewrite(
        sides.columns().isEmpty()
            ? "Split the statement, one for each side of the OR, and put the results together with UNION: each asks one subquery (as a join or with IN alone), and can then use an index."
            : "Split the statement in two and put the results together with UNION: one that asks for %s, one that asks for the subquery (as a join or with IN alone). Each can then use an index."
                .formatted(
                    Wording.list(sides.columns().stream().map(RelationName::quoted).toList())));
  }
}
