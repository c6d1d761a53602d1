package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Index;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.condition.Condition;
import dev.spanwise.analyzer.condition.ConditionReader;
import dev.spanwise.analyzer.condition.Operand;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What helps where a filter compares something computed from columns: to compare the column itself
 * where that can be said in its own terms, or else an index on the expression.
 */
final class FunctionRemedy {

  /** Functions of a time that one range of the times themselves gives the same value. */
  private static final Set<String> TRUNCATING = Set.of("date_trunc", "date", "date_bin", "to_char");

  /** Of the fields of a time, those that only grow with it. */
  private static final Pattern GROWING_FIELD =
      Pattern.compile("(?:EXTRACT\\(|date_part\\(')(?:year|epoch|century|decade|julian)\\b.*");

  private static final Set<String> ARITHMETIC = Set.of("+", "-", "*", "/");

  private static final String NOT_PLANNED = "a changed statement is planned only when it is run";

  private FunctionRemedy() {}

  static Remedy.Step of(FilteredScan scan, FilteredScan.Comparison comparison) {
    Operand.Expression expression = (Operand.Expression) comparison.operand();
    List<String> columns = ExpressionIndex.columns(expression);
    String rewritten = columns.size() == 1 ? rewritten(expression, quoted(columns.get(0))) : null;
    if (rewritten != null) {
      return rewrite(rewritten + indexNote(scan, columns.get(0)));
    }
    String key = ExpressionIndex.key(scan, expression);
    if (key != null) {
      String prefix = comparison.operator().equals("~~") ? " text_pattern_ops" : "";
      return new Remedy.Step(
          Remedy.Kind.CREATE_INDEX,
          "CREATE INDEX CONCURRENTLY ON %s (%s%s)".formatted(scan.name(), key, prefix),
          "the what-if planner is not asked about expressions");
    }
    return rewrite(
        "Compare a column itself, or else create %s. An index takes immutable functions only: what depends on the session's time zone or locale is none."
            .formatted(ExpressionIndex.words(scan, comparison)));
  }

  /** How to compare the column itself; null where that cannot be said in its own terms. */
  static @Nullable String rewritten(Operand.Expression expression) {
    List<String> columns = ExpressionIndex.columns(expression);
    return columns.size() == 1 ? rewritten(expression, quoted(columns.get(0))) : null;
  }

  private static @Nullable String rewritten(Operand.Expression expression, String column) {
    String shown = Wording.expression(expression);
    String function = expression.function();
    boolean truncates =
        function != null
            && (TRUNCATING.contains(function)
                || GROWING_FIELD.matcher(expression.text()).matches());
    if (truncates) {
      return range(shown, column);
    }
    if ("timezone".equals(function)) {
      return "Convert the compared value instead of the column: write %s = ? AT TIME ZONE ? where %s is compared now."
          .formatted(column, shown);
    }
    if ("coalesce".equals(function)) {
      return "Compare %s itself, and ask for %s IS NULL beside it (OR) only where the default that %s puts in is looked for."
          .formatted(column, column, shown);
    }
    boolean moves =
        ConditionReader.read(expression.text()) instanceof Condition.Comparison arithmetic
            && ARITHMETIC.contains(arithmetic.operator())
            && (arithmetic.left() instanceof Operand.Column
                || arithmetic.right() instanceof Operand.Column);
    return moves
        ? "Move the arithmetic to the compared value: leave %s alone on its side instead of %s."
            .formatted(column, shown)
        : null;
  }

  /** Says to compare with the two ends of a range. */
  static String range(String shown, String column) {
    return "Compare %s itself with the range that is meant: %s >= ? AND %s < ? instead of %s."
        .formatted(column, column, column, shown);
  }

  /** Which index then serves: one that is there, or one to make. */
  static String indexNote(FilteredScan scan, String column) {
    Optional<Index> existing = FilteredScan.indexOn(scan.relation(), column);
    if (existing.isPresent()) {
      return " The index %s then finds the rows.".formatted(quoted(existing.get().name()));
    }
    String ddl = "CREATE INDEX CONCURRENTLY ON %s (%s)".formatted(scan.name(), quoted(column));
    return scan.relation() == null
        ? " It needs an index that begins with the column; if there is none: %s".formatted(ddl)
        : " No index begins with the column yet: %s".formatted(ddl);
  }

  static Remedy.Step rewrite(String words) {
    return new Remedy.Step(Remedy.Kind.REWRITE_QUERY, words, NOT_PLANNED);
  }

  private static String quoted(String name) {
    return RelationName.quoted(name);
  }
}
