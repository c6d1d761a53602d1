package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Column;
import dev.spanwise.analyzer.catalogue.Index;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.condition.Operand;
import dev.spanwise.analyzer.plan.ExpressionMask;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A field that is taken out of each document by {@code doc -> 'a' ->> 'b' = 'x'}, where a GIN index
 * on the documents exists, which {@code doc @> '{"a": {"b": "x"}}'} asks. See <a
 * href="https://www.postgresql.org/docs/current/datatype-json.html#JSON-INDEXING">jsonb
 * indexing</a>.
 */
final class DocumentSearch {

  /** Keys alone: the number of an array's element is printed without a type. */
  private static final Pattern FIELD =
      Pattern.compile("\\(*(?:\"[^\"]+\"|\\w+)((?: -> \\?::text\\))*) ->> \\?::text");

  private static final String KEY = "->";

  private DocumentSearch() {}

  /** How to ask the index; empty where none is known that could be asked. */
  static Optional<Remedy.Step> of(FilteredScan scan, FilteredScan.Comparison comparison) {
    if (!comparison.operator().equals("=")
        || !(comparison.operand() instanceof Operand.Expression expression)) {
      return Optional.empty();
    }
    Matcher field = FIELD.matcher(ExpressionMask.of(expression.text()));
    if (!field.matches()) {
      return Optional.empty();
    }
    String column = ExpressionIndex.columns(expression).get(0);
    Index index = index(scan, column);
    if (index == null) {
      return Optional.empty();
    }
    int above = field.group(1).split(KEY, -1).length - 1;
    return Optional.of(
        FunctionRemedy.rewrite(
            "Ask for the documents that contain it: %s @> %s instead of %s = ?. The index %s then finds the rows. With ?::text it finds JSON strings alone: a number or a boolean, of which ->> makes text as well, has to be given as one. Or else create %s."
                .formatted(
                    RelationName.quoted(column),
                    document(above),
                    Wording.expression(expression),
                    RelationName.quoted(index.name()),
                    ExpressionIndex.words(scan, comparison))));
  }

  private static @Nullable Index index(FilteredScan scan, String column) {
    if (scan.relation() == null
        || scan.relation().column(column).map(Column::type).filter("jsonb"::equals).isEmpty()) {
      return null;
    }
    return scan.relation().indexes().stream()
        .filter(index -> index.valid() && index.predicate() == null)
        .filter(index -> index.method().equals("gin"))
        .filter(index -> index.keys().stream().anyMatch(key -> column.equals(key.column())))
        .findFirst()
        .orElse(null);
  }

  /** The document with the value under its key, and that under as many keys more. */
  private static String document(int above) {
    return "jsonb_build_object(?, ".repeat(above + 1) + "?::text" + ")".repeat(above + 1);
  }
}
