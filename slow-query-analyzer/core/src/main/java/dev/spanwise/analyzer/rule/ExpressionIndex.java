package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Column;
import dev.spanwise.analyzer.catalogue.Index;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.condition.ConditionReader;
import dev.spanwise.analyzer.condition.Operand;
import dev.spanwise.analyzer.plan.ExpressionMask;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An index on an expression. See <a
 * href="https://www.postgresql.org/docs/current/indexes-expressional.html">Indexes on
 * Expressions</a>.
 */
final class ExpressionIndex {

  /** Built-in functions that are immutable for every type that they take. */
  private static final Set<String> IMMUTABLE =
      Set.of(
          "lower",
          "upper",
          "initcap",
          "btrim",
          "ltrim",
          "rtrim",
          "trim",
          "length",
          "char_length",
          "character_length",
          "octet_length",
          "bit_length",
          "md5",
          "reverse",
          "abs",
          "ceil",
          "ceiling",
          "floor",
          "round",
          "trunc",
          "sign",
          "sqrt",
          "coalesce",
          "greatest",
          "least");

  private static final Pattern CALLED = Pattern.compile("([\\w\"]+)\\(");

  /** What the deparser prints around a column that is not of type text already. */
  private static final Pattern CASTS_TO_TEXT = Pattern.compile("\\(\\w+\\)::text");

  private static final Set<String> STRINGS = Set.of("text", "character varying", "character");

  private ExpressionIndex() {}

  /** The names of the columns that an expression is computed from, in order. */
  static List<String> columns(Operand expression) {
    return expression.columns().stream().map(Operand.Column::name).distinct().sorted().toList();
  }

  /** Whether a key of an index is what the comparison compares. */
  static boolean serves(Index.Key key, FilteredScan.Comparison comparison) {
    // A prefix is looked up by an operator class of its own, such as text_pattern_ops.
    boolean ofKind = !comparison.operator().equals("~~") || key.operatorClass() != null;
    return ofKind && isSame(key, comparison.operand());
  }

  /** Whether a key of an index is the expression {@code operand}. */
  static boolean isSame(Index.Key key, Operand operand) {
    return key.expression() != null
        && operand instanceof Operand.Expression wanted
        && ConditionReader.readOperand(key.expression()) instanceof Operand.Expression indexed
        && wanted.text().equals(indexed.text());
  }

  /** Whether a key of an index is {@code operand}: the column itself, also behind a cast. */
  static boolean isKey(Index.Key key, Operand operand) {
    String column = bareColumn(operand);
    return column == null ? isSame(key, operand) : column.equals(key.column());
  }

  /** The column that an operand is, also behind a cast; null where it is none. */
  static @Nullable String bareColumn(Operand operand) {
    return operand instanceof Operand.Column plain
        ? plain.name()
        : operand instanceof Operand.Cast cast ? cast.column().name() : null;
  }

  /**
   * The key of an index on what a comparison compares; null where that is not known to be
   * immutable, as an index demands, or where it holds a literal of the statement.
   */
  static @Nullable String key(FilteredScan scan, Operand operand) {
    if (operand instanceof Operand.Column column) {
      return RelationName.quoted(column.name());
    }
    if (operand instanceof Operand.Cast cast) {
      return HiddenComparisons.isBare(cast, scan)
          ? RelationName.quoted(cast.column().name())
          : null;
    }
    return operand instanceof Operand.Expression expression
        ? key(expression, scan.relation())
        : null;
  }

  /**
   * The key of an index on an expression; null as for any operand.
   *
   * @param relation what the catalogue says of the table; null where it is not known
   */
  static @Nullable String key(Operand.Expression expression, @Nullable Relation relation) {
    String text = expression.text();
    boolean usable =
        ExpressionMask.of(text).equals(text)
            && isImmutable(text)
            && areStrings(text, expression, relation);
    return usable ? text : null;
  }

  /** Whether it is nothing but calls of immutable functions around columns. */
  private static boolean isImmutable(String text) {
    Matcher called = CALLED.matcher(text);
    while (called.find()) {
      if (!IMMUTABLE.contains(called.group(1).toLowerCase(Locale.ROOT))) {
        return false;
      }
    }
    String rest = CASTS_TO_TEXT.matcher(text).replaceAll("").replaceAll("[\\w\"(), ]+", "");
    return rest.isEmpty() && !text.startsWith("(") && text.endsWith(")");
  }

  /** A cast to text is immutable from the types of strings; where they are known, they must be. */
  private static boolean areStrings(
      String text, Operand.Expression expression, @Nullable Relation relation) {
    return relation == null
        || !text.contains("::text")
        || columns(expression).stream()
            .allMatch(
                name ->
                    relation
                        .column(name)
                        .map(Column::type)
                        .filter(type -> STRINGS.contains(type.replaceAll("\\(.*\\)", "")))
                        .isPresent());
  }

  /** The index in words: with {@code ?} for the statement's literals. */
  static String words(FilteredScan scan, FilteredScan.Comparison comparison) {
    String shown = Wording.expression((Operand.Expression) comparison.operand());
    String literals = shown.contains("?") ? ", with the statement's own literals for ?" : "";
    String method = comparison.operator().equals("@@") ? "USING gin " : "";
    return "an index on the expression as the statement writes it: ON %s %s((%s))%s"
        .formatted(scan.name(), method, shown, literals);
  }
}
