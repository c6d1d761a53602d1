package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.condition.Operand;
import java.util.List;

/** A filter compares what a function makes of a column, which no index on the column can find. */
final class FunctionHidesColumn implements PlanRule {

  @Override
  public Verdict examine(PlanSubject subject) {
    List<FilteredScan> scans =
        subject.filteredScans().stream().filter(scan -> !hidden(scan).isEmpty()).toList();
    if (!scans.isEmpty() && !subject.plan().analyzed()) {
      return new Verdict.Inconclusive(
          "rows thrown away by a filter on an expression: the plan was not executed (EXPLAIN without ANALYZE)");
    }
    return Verdict.of(
        scans.stream()
            .filter(scan -> !HiddenComparisons.isServedByOthers(scan, hidden(scan)))
            .map(this::cause)
            .toList());
  }

  /** The comparisons of expressions for which an index could be made, and none is there. */
  private static List<FilteredScan.Comparison> hidden(FilteredScan scan) {
    return scan.comparisons()
        .filter(comparison -> comparison.operand() instanceof Operand.Expression)
        .filter(
            comparison ->
                comparison.isOrdered()
                    || comparison.operator().equals("@@")
                    || LikePattern.of(comparison).isPrefix())
        .filter(comparison -> !isIndexed(scan, comparison))
        .toList();
  }

  private static boolean isIndexed(FilteredScan scan, FilteredScan.Comparison comparison) {
    return scan.relation() != null
        && scan.relation().indexes().stream()
            .filter(index -> index.valid() && index.predicate() == null)
            .flatMap(index -> index.keys().stream())
            .anyMatch(key -> ExpressionIndex.serves(key, comparison));
  }

  private Cause cause(FilteredScan scan) {
    FilteredScan.Comparison comparison = hidden(scan).get(0);
    Operand.Expression expression = (Operand.Expression) comparison.operand();
    String shown = Wording.expression(expression);
    Discards discards = Discards.of(scan.scan());
    String title =
        "%s is computed for each row of %s to find %s of %s"
            .formatted(shown, scan.name(), discards.kept(), Wording.count(discards.read()));
    String explanation =
        "The condition compares %s, not a column itself. An index on %s is in the order of what is stored there, so PostgreSQL computed the expression for %s rows and kept %s."
            .formatted(
                shown,
                Wording.list(ExpressionIndex.columns(expression)),
                Wording.count(discards.read()),
                discards.kept());
    return scan.cause(
        id(),
        title,
        explanation,
        List.of(new Evidence("compared expression", shown, "1", scan.node().pointer() + "/Filter")),
        FunctionRemedy.of(scan, comparison));
  }
}
