package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.condition.Condition;
import dev.spanwise.analyzer.condition.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A LIKE pattern begins with a wildcard, which gives a b-tree nothing to begin with. */
final class LeadingWildcard implements PlanRule {

  /** Characters that a trigram index needs in a row. */
  private static final int TRIGRAM = 3;

  @Override
  public Verdict examine(PlanSubject subject) {
    List<FilteredScan> scans =
        subject.filteredScans().stream()
            .filter(
                scan ->
                    !searches(scan, LikePattern.Start.WILDCARD).isEmpty()
                        || !searches(scan, LikePattern.Start.UNKNOWN).isEmpty())
            .toList();
    if (!scans.isEmpty() && !subject.plan().analyzed()) {
      return new Verdict.Inconclusive(
          "rows thrown away by a LIKE pattern: the plan was not executed (EXPLAIN without ANALYZE)");
    }
    List<Cause> causes = new ArrayList<>();
    boolean unknown = false;
    for (FilteredScan scan : scans) {
      if (HiddenComparisons.isServedByEquality(scan)) {
        continue;
      }
      List<FilteredScan.Comparison> searches = searches(scan, LikePattern.Start.WILDCARD);
      List<FilteredScan.Comparison> unserved =
          searches.stream().filter(search -> !hasTrigramIndex(scan, search.operand())).toList();
      if (searches.isEmpty()) {
        unknown = true;
      } else if (!unserved.isEmpty()) {
        causes.add(cause(scan, unserved));
      }
    }
    return causes.isEmpty() && unknown
        ? new Verdict.Inconclusive(
            "whether a LIKE pattern begins with a wildcard: it is a parameter or computed")
        : Verdict.of(causes);
  }

  /** The patterns that a row has to match, or else those of which it has to match one. */
  private static List<FilteredScan.Comparison> searches(
      FilteredScan scan, LikePattern.Start start) {
    List<FilteredScan.Comparison> needed =
        scan.comparisons()
            .filter(comparison -> LikePattern.of(comparison).start() == start)
            .limit(1)
            .toList();
    return needed.isEmpty()
        ? scan.conjuncts().stream()
            .flatMap(
                conjunct ->
                    conjunct instanceof Condition.Or or
                        ? alternatives(scan, or, start)
                        : Stream.empty())
            .toList()
        : needed;
  }

  /** The sides of an OR where each is such a pattern. */
  private static Stream<FilteredScan.Comparison> alternatives(
      FilteredScan scan, Condition.Or or, LikePattern.Start start) {
    List<FilteredScan.Comparison> sides =
        or.parts().stream()
            .flatMap(side -> Stream.ofNullable(scan.comparison(side)))
            .filter(side -> LikePattern.of(side).start() == start)
            .toList();
    return sides.size() == or.parts().size() ? sides.stream() : Stream.empty();
  }

  private static boolean hasTrigramIndex(FilteredScan scan, Operand operand) {
    return scan.relation() != null
        && scan.relation().indexes().stream()
            .filter(index -> index.valid() && index.predicate() == null)
            .flatMap(index -> index.keys().stream())
            .anyMatch(
                key ->
                    Objects.requireNonNullElse(key.operatorClass(), "").endsWith("_trgm_ops")
                        && ExpressionIndex.isKey(key, operand));
  }

  private Cause cause(FilteredScan scan, List<FilteredScan.Comparison> searches) {
    Discards discards = Discards.of(scan.scan());
    String title =
        "Every %s of %s is searched for a text that may stand anywhere in it"
            .formatted(
                searches.stream()
                    .map(search -> searched(search.operand()))
                    .distinct()
                    .collect(Collectors.joining(" and ")),
                scan.name());
    String explanation =
        "The LIKE pattern begins with a wildcard, so that a b-tree has nothing to begin with: PostgreSQL compared %s rows and kept %s. A trigram index (extension pg_trgm) finds what holds the pattern's parts."
            .formatted(Wording.count(discards.read()), discards.kept());
    return scan.cause(id(), title, explanation, List.of(), remedy(scan, searches));
  }

  private static String searched(Operand operand) {
    return operand instanceof Operand.Expression expression
        ? Wording.expression(expression)
        : Wording.list(ExpressionIndex.columns(operand));
  }

  private static Remedy.Step remedy(FilteredScan scan, List<FilteredScan.Comparison> searches) {
    boolean tooShort =
        searches.stream()
            .map(search -> LikePattern.of(search).longestRun())
            .anyMatch(longest -> longest != null && longest < TRIGRAM);
    if (tooShort) {
      return FunctionRemedy.rewrite(
          "Ask for a longer text: a trigram index finds patterns that hold at least three characters in a row, and this one does not.");
    }
    List<Remedy.Step> indexes =
        searches.stream().flatMap(search -> SearchIndex.of(scan, search).stream()).toList();
    if (indexes.size() < searches.size()) {
      return FunctionRemedy.rewrite(
          searches.stream()
              .filter(search -> search.operand() instanceof Operand.Column)
              .filter(search -> PatternOperators.ofTrigrams(scan, search.operand()) == null)
              .findFirst()
              .map(search -> asText(scan, (Operand.Column) search.operand()))
              .orElse(
                  "Search a column itself, so that a trigram index on it can serve: USING gin (… gin_trgm_ops), of the extension pg_trgm."));
    }
    return new Remedy.Step(
        Remedy.Kind.CREATE_INDEX,
        indexes.stream().map(Remedy.Step::statement).distinct().collect(Collectors.joining(";\n")),
        indexes.get(0).unproved());
  }

  private static String asText(FilteredScan scan, Operand.Column column) {
    String name = RelationName.quoted(column.name());
    if (PatternOperators.isCaseless(scan, column)) {
      return "Search lower(%s::text) LIKE lower(?): a trigram index takes text, and citext is none. Create it on that, with the extension pg_trgm: %s USING gin (lower(%s::text) gin_trgm_ops)"
          .formatted(name, scan.scan().createIndexOn(), name);
    }
    return "Search %s::text: a trigram index takes text, and no other type such as this column's. Create it on that, with the extension pg_trgm: %s USING gin ((%s::text) gin_trgm_ops)"
        .formatted(name, scan.scan().createIndexOn(), name);
  }
}
