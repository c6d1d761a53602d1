package dev.spanwise.analyzer.rule;

import java.util.Optional;

/**
 * The index that a LIKE pattern needs. A b-tree serves one that begins with text, in a collation
 * other than C only by an operator class of its own; a trigram index serves any.
 *
 * @see <a href="https://www.postgresql.org/docs/current/indexes-opclass.html">operator classes</a>
 */
final class SearchIndex {

  private SearchIndex() {}

  /**
   * The statement that makes it; empty where the search is not on a column, or on an expression
   * that no index takes, or on a type for which there is no such index.
   */
  static Optional<Remedy.Step> of(FilteredScan scan, FilteredScan.Comparison search) {
    String key = ExpressionIndex.key(scan, search.operand());
    boolean prefix = LikePattern.of(search).isPrefix();
    String operators =
        prefix
            ? PatternOperators.ofPrefix(scan, search.operand())
            : PatternOperators.ofTrigrams(scan, search.operand());
    if (key == null || operators == null) {
      return Optional.empty();
    }
    return Optional.of(
        prefix
            ? step(
                "%s (%s %s)".formatted(scan.scan().createIndexOn(), key, operators),
                "the what-if planner is not asked about operator classes")
            : step(
                "%s USING gin (%s %s)".formatted(scan.scan().createIndexOn(), key, operators),
                "the what-if planner knows b-trees only; the index needs the extension first: CREATE EXTENSION pg_trgm"));
  }

  /**
   * The same for a filter that asks for nothing else that an index finds; empty where it asks for
   * more, or its pattern is not known.
   */
  static Optional<Remedy.Step> ofFilter(FilteredScan scan) {
    boolean asksMore =
        scan.comparisons()
            .anyMatch(
                comparison ->
                    comparison.isOrdered() && HiddenComparisons.isBare(comparison.operand(), scan));
    return asksMore
        ? Optional.empty()
        : scan.comparisons()
            .filter(comparison -> LikePattern.of(comparison).start() == LikePattern.Start.TEXT)
            .flatMap(comparison -> of(scan, comparison).stream())
            .findFirst();
  }

  private static Remedy.Step step(String ddl, String unproved) {
    return new Remedy.Step(Remedy.Kind.CREATE_INDEX, ddl, unproved);
  }
}
