package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Column;
import dev.spanwise.analyzer.condition.Operand;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The operator classes by which indexes find text by a pattern: each takes only some types, and the
 * server refuses an index on another. See <a
 * href="https://www.postgresql.org/docs/current/indexes-opclass.html">operator classes</a>.
 */
final class PatternOperators {

  /** With the schema of its extension, where that is not on the search path. */
  private static final Pattern CITEXT = Pattern.compile("(?:.*\\.)?citext");

  private PatternOperators() {}

  /**
   * That of a b-tree which finds what begins with a text; null where there is none for the type.
   */
  static @Nullable String ofPrefix(FilteredScan scan, Operand searched) {
    return switch (type(scan, searched)) {
      case TEXT -> "text_pattern_ops";
      case PADDED -> "bpchar_pattern_ops";
      case CASELESS, OTHER -> null;
    };
  }

  /** That of a trigram index; null where there is none for the type. */
  static @Nullable String ofTrigrams(FilteredScan scan, Operand searched) {
    return type(scan, searched) == Type.TEXT ? "gin_trgm_ops" : null;
  }

  /** Whether it is compared without regard to case by its type, citext. */
  static boolean isCaseless(FilteredScan scan, Operand searched) {
    return type(scan, searched) == Type.CASELESS;
  }

  private enum Type {
    /** Text, as which varchar counts, and what is not known to be anything else. */
    TEXT,
    /** {@code char(n)}. */
    PADDED,
    /** {@code citext}, whose LIKE no index of text serves. */
    CASELESS,
    OTHER
  }

  private static Type type(FilteredScan scan, Operand searched) {
    String column = ExpressionIndex.bareColumn(searched);
    if (column == null) {
      return Type.TEXT;
    }
    if (scan.relation() == null) {
      return searched instanceof Operand.Column && String.valueOf(filter(scan)).contains("::citext")
          ? Type.CASELESS
          : Type.TEXT;
    }
    String type =
        scan.relation()
            .column(column)
            .map(Column::type)
            .map(ColumnCast::withoutModifier)
            .orElse("text");
    if (CITEXT.matcher(type).matches()) {
      // As text it has text's operators.
      return searched instanceof Operand.Cast ? Type.TEXT : Type.CASELESS;
    }
    return switch (type) {
      case "text", "character varying" -> Type.TEXT;
      case "character", "bpchar" -> Type.PADDED;
      // A domain's name is the user's own.
      default -> ColumnCast.isBuiltIn(type) ? Type.OTHER : Type.TEXT;
    };
  }

  private static @Nullable String filter(FilteredScan scan) {
    return scan.node().conditions().filter();
  }
}
