package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.condition.Operand;

/** How to compare a column that a cast hides. */
final class CastRemedy {

  private CastRemedy() {}

  /** How to compare the column itself. */
  static String words(Operand.Cast cast) {
    String column = RelationName.quoted(cast.column().name());
    // A date taken from a time stands for the range of that day.
    return cast.type().equals("date")
        ? FunctionRemedy.range(shown(cast), column)
        : "Give the compared value the type of %s instead of %s: cast the value or parameter in the statement, or bind it as that type in the driver."
            .formatted(column, cast.type());
  }

  /** The cast as a statement has it. */
  static String shown(Operand.Cast cast) {
    return "%s::%s".formatted(RelationName.quoted(cast.column().name()), cast.type());
  }
}
