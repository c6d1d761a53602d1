package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.condition.Condition;
import dev.spanwise.analyzer.condition.Operand;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A value that is looked for in a column's arrays by {@code value = ANY (column)}, which no index
 * serves, where {@code column @> ARRAY[value]} asks for the same rows by a GIN index. See <a
 * href="https://www.postgresql.org/docs/current/gin.html">GIN indexes</a>.
 */
final class ArraySearch {

  private ArraySearch() {}

  /** How to ask for it; empty where a filter has no such condition. */
  static Optional<Remedy.Step> of(FilteredScan scan) {
    return scan.conjuncts().stream()
        .flatMap(
            conjunct ->
                conjunct instanceof Condition.Comparison comparison
                        && comparison.operator().equals("= ANY")
                        && comparison.left() instanceof Operand.Constant
                        && comparison.right() instanceof Operand.Column column
                        && scan.isOwn(column)
                    ? Stream.of(column)
                    : Stream.empty())
        .findFirst()
        .map(column -> step(scan, RelationName.quoted(column.name())));
  }

  private static Remedy.Step step(FilteredScan scan, String column) {
    return FunctionRemedy.rewrite(
        "Write %s @> ARRAY[?] instead of ? = ANY (%s), which no index serves; for @> there can be one: %s USING gin (%s)"
            .formatted(column, column, scan.scan().createIndexOn(), column));
  }
}
