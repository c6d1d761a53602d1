package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Column;
import dev.spanwise.analyzer.condition.Operand;
import org.jspecify.annotations.Nullable;

/**
 * The operator classes by which indexes find text by a pattern: each takes only some types, and the
 * server refuses an index on another. See <a
 * href="https://www.postgresql.org/docs/current/indexes-opclass.html">operator classes</a>.
 */
final class PatternOperators {

  private PatternOperators() {}

  /**
   * That of a b-tree which finds what begins with a text; null where there is none for the type.
   */
  static @Nullable String ofPrefix(FilteredScan scan, Operand searched) {
    return switch (type(scan, searched)) {
      case TEXT -> "text_pattern_ops";
      case PADDED -> "bpchar_pattern_ops";
      case OTHER -> null;
    };
  }

  /** That of a trigram index; null where there is none for the type. */
  static @Nullable String ofTrigrams(FilteredScan scan, Operand searched) {
    return type(scan, searched) == Type.TEXT ? "gin_trgm_ops" : null;
  }

  private enum Type {
    /** Text, as which varchar counts, and what is not known to be anything else. */
    TEXT,
    /** {@code char(n)}. */
    PADDED,
    OTHER
  }

  private static Type type(FilteredScan scan, Operand searched) {
    String column =
        searched instanceof Operand.Column plain
            ? plain.name()
            : searched instanceof Operand.Cast cast ? cast.column().name() : null;
    if (column == null || scan.relation() == null) {
      return Type.TEXT;
    }
    String type =
        scan.relation()
            .column(column)
            .map(Column::type)
            .map(ColumnCast::withoutModifier)
            .orElse("text");
    return switch (type) {
      case "text", "character varying" -> Type.TEXT;
      case "character", "bpchar" -> Type.PADDED;
      // A domain's name is the user's own.
      default -> ColumnCast.isBuiltIn(type) ? Type.OTHER : Type.TEXT;
    };
  }
}
