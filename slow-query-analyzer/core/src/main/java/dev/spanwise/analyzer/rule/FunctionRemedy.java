package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Index;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.condition.Condition;
import dev.spanwise.analyzer.condition.ConditionReader;
import dev.spanwise.analyzer.condition.Operand;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What helps where a filter compares something computed from columns: to compare the column itself
 * where that can be said in its own terms, or else an index on the expression.
 */
final class FunctionRemedy {

  /** Functions of a time that one range of the times themselves gives the same value. */
  private static final Set<String> TRUNCATING = Set.of("date_trunc", "date", "date_bin");

  /** Of the fields of a time, those that only grow with it. */
  private static final Pattern GROWING_FIELD =
      Pattern.compile("(?:EXTRACT\\(|date_part\\(')(?:year|epoch|century|decade|julian)\\b.*");

  /** The first characters of a column. */
  private static final Pattern BEGINNING =
      Pattern.compile("(?:\"left\"\\(.+|SUBSTRING\\(.+ FROM 1 FOR .+|.*substr.*\\(.+, 1, .+)");

  private static final Set<String> ARITHMETIC = Set.of("+", "-", "*", "/");

  /** A cast around all that stands before it. */
  private static final Pattern CAST = Pattern.compile("\\(.*\\)::[a-z][a-z_ ]*(?:\\(\\d+\\))?");

  private static final String NOT_PLANNED = "a changed statement is planned only when it is run";

  private static final String LOOK_AT_FORMAT =
      "Look at the format of %s first: what begins with the year and goes on to ever smaller units, as YYYY-MM-DD does, a range can say. Another, such as a weekday's name, only an index on the expression serves, in a function of your own that is immutable. ";

  private static final String OWN_FUNCTION =
      "No index can be made on %s: to_char depends on settings of the session. Write a function of your own that is IMMUTABLE and gives the same of %s, create an index on it, and compare it instead; or keep the value in a generated column.";

  private FunctionRemedy() {}

  static Remedy.Step of(FilteredScan scan, FilteredScan.Comparison comparison) {
    Operand.Expression expression = (Operand.Expression) comparison.operand();
    Optional<Remedy.Step> contained = DocumentSearch.of(scan, comparison);
    if (contained.isPresent()) {
      return contained.get();
    }
    List<String> columns = ExpressionIndex.columns(expression);
    String rewritten = rewritten(expression);
    if (rewritten != null) {
      return rewrite(rewritten + indexNote(scan, columns.get(0)));
    }
    String operators =
        columns.size() == 1 && BEGINNING.matcher(expression.text()).matches()
            ? PatternOperators.ofPrefix(scan, expression.columns().iterator().next())
            : null;
    if (comparison.operator().equals("=") && operators != null) {
      return rewrite(
          "Ask for the beginning by LIKE: %s LIKE ? instead of %s. It needs an index for patterns: %s"
              .formatted(
                  quoted(columns.get(0)),
                  Wording.expression(expression),
                  createIndex(scan, quoted(columns.get(0)) + " " + operators)));
    }
    String key = ExpressionIndex.key(scan, expression);
    if (key != null) {
      String prefix = comparison.operator().equals("~~") ? " text_pattern_ops" : "";
      return new Remedy.Step(
          Remedy.Kind.CREATE_INDEX,
          createIndex(scan, key + prefix),
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
    if ("to_char".equals(function)) {
      return switch (TimeFormat.of(expression)) {
        case GROWING -> range(shown, column);
        case UNKNOWN -> LOOK_AT_FORMAT.formatted(shown) + range(shown, column);
        case OTHER -> OWN_FUNCTION.formatted(shown, column);
      };
    }
    if ("timezone".equals(function) && CAST.matcher(expression.text()).matches()) {
      return expression.text().endsWith("::date")
          ? "Compare %s itself with the two instants that are meant: %s >= ? AT TIME ZONE ? AND %s < ? AT TIME ZONE ? instead of %s."
              .formatted(column, column, column, shown)
          : null;
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
    Set<String> keys = new HashSet<>(scan.lookedUp());
    keys.add(column);
    Optional<Index> existing = FilteredScan.indexOn(scan.relation(), keys);
    if (existing.isPresent()) {
      return " The index %s then finds the rows.".formatted(quoted(existing.get().name()));
    }
    String ddl = createIndex(scan, quoted(column));
    return scan.relation() == null
        ? " It needs an index, if there is none like it: %s".formatted(ddl)
        : " There is no index for it yet: %s".formatted(ddl);
  }

  /** An index on a key, and before it on what the scan's index looks up already. */
  private static String createIndex(FilteredScan scan, String key) {
    return "%s (%s)"
        .formatted(
            scan.scan().createIndexOn(),
            Stream.concat(scan.lookedUp().stream().map(FunctionRemedy::quoted), Stream.of(key))
                .distinct()
                .collect(Collectors.joining(", ")));
  }

  static Remedy.Step rewrite(String words) {
    return new Remedy.Step(Remedy.Kind.REWRITE_QUERY, words, NOT_PLANNED);
  }

  private static String quoted(String name) {
    return RelationName.quoted(name);
  }
}
