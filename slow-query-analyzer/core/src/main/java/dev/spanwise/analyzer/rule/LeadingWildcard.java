package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Index;
import dev.spanwise.analyzer.condition.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A LIKE pattern begins with a wildcard, which gives a b-tree nothing to begin with. */
final class LeadingWildcard implements PlanRule {

  /** Characters that a trigram index needs in a row. */
  private static final int TRIGRAM = 3;

  @Override
  public Verdict examine(PlanSubject subject) {
    List<FilteredScan> scans =
        FilteredScan.of(subject)
            .filter(
                scan ->
                    searched(scan, LikePattern.Start.WILDCARD) != null
                        || searched(scan, LikePattern.Start.UNKNOWN) != null)
            .toList();
    if (!scans.isEmpty() && !subject.plan().analyzed()) {
      return new Verdict.Inconclusive(
          "rows thrown away by a LIKE pattern: the plan was not executed (EXPLAIN without ANALYZE)");
    }
    List<Cause> causes = new ArrayList<>();
    boolean unknown = false;
    for (FilteredScan scan : scans) {
      FilteredScan.Comparison search = searched(scan, LikePattern.Start.WILDCARD);
      if (!scan.isWasteful() || HiddenComparisons.isServedByEquality(scan)) {
        continue;
      }
      if (search == null) {
        unknown = true;
      } else if (!hasTrigramIndex(scan, search.operand())) {
        causes.add(cause(scan, search));
      }
    }
    return causes.isEmpty() && unknown
        ? new Verdict.Inconclusive(
            "whether a LIKE pattern begins with a wildcard: it is a parameter or computed")
        : Verdict.of(causes);
  }

  private static FilteredScan.@Nullable Comparison searched(
      FilteredScan scan, LikePattern.Start start) {
    return scan.comparisons()
        .filter(comparison -> LikePattern.of(comparison).start() == start)
        .findFirst()
        .orElse(null);
  }

  private static boolean hasTrigramIndex(FilteredScan scan, Operand operand) {
    return scan.relation() != null
        && scan.relation().indexes().stream()
            .filter(index -> index.valid() && index.predicate() == null)
            .flatMap(index -> index.keys().stream())
            .anyMatch(
                key ->
                    Objects.requireNonNullElse(key.operatorClass(), "").endsWith("_trgm_ops")
                        && isOn(key, operand));
  }

  private static boolean isOn(Index.Key key, Operand operand) {
    String column =
        operand instanceof Operand.Column plain
            ? plain.name()
            : operand instanceof Operand.Cast cast ? cast.column().name() : null;
    return column == null ? ExpressionIndex.isSame(key, operand) : column.equals(key.column());
  }

  private Cause cause(FilteredScan scan, FilteredScan.Comparison search) {
    Discards discards = Discards.of(scan.node());
    String searched =
        search.operand() instanceof Operand.Expression expression
            ? Wording.expression(expression)
            : Wording.list(ExpressionIndex.columns(search.operand()));
    String title =
        "Every %s of %s is searched for a text that may stand anywhere in it"
            .formatted(searched, scan.name());
    String explanation =
        "The LIKE pattern begins with a wildcard, so that a b-tree has nothing to begin with: PostgreSQL compared %s rows and kept %s. A trigram index (extension pg_trgm) finds what holds the pattern's parts."
            .formatted(Wording.count(discards.read()), Wording.count(discards.returned()));
    return new Cause(
        id(),
        scan.name(),
        scan.node(),
        scan.explains(),
        title,
        explanation,
        discards.evidence(scan.timeShare()),
        scan.timeShare(),
        remedy(scan, search));
  }

  private static Remedy.Step remedy(FilteredScan scan, FilteredScan.Comparison search) {
    Integer longest = LikePattern.of(search).longestRun();
    if (longest != null && longest < TRIGRAM) {
      return FunctionRemedy.rewrite(
          "Ask for a longer text: a trigram index finds patterns that hold at least three characters in a row, and this one does not.");
    }
    String key = ExpressionIndex.key(scan, search.operand());
    return key == null
        ? FunctionRemedy.rewrite(
            "Search a column itself, so that a trigram index on it can serve: USING gin (… gin_trgm_ops), of the extension pg_trgm.")
        : new Remedy.Step(
            Remedy.Kind.CREATE_INDEX,
            "CREATE INDEX CONCURRENTLY ON %s USING gin (%s gin_trgm_ops)"
                .formatted(scan.name(), key),
            "the what-if planner knows b-trees only; the index needs the extension first: CREATE EXTENSION pg_trgm");
  }
}
