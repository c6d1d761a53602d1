package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.condition.Operand;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether texts that {@code to_char} makes of times are in the order of the times. See <a
 * href="https://www.postgresql.org/docs/current/functions-formatting.html">Data Type Formatting
 * Functions</a>. It keeps nothing of the format.
 */
enum TimeFormat {
  /** It begins with the year and goes on to ever smaller units: a range of times says the same. */
  GROWING,
  /** Such as a weekday's name, or a day before its month. */
  OTHER,
  /** It is a parameter, computed, or masked. */
  UNKNOWN;

  private static final Pattern LITERAL =
      Pattern.compile("to_char\\(.*, '([^']*+(?:''[^']*+)*+)'(?:::text)?\\)");

  private static final Pattern YEAR_FIRST =
      Pattern.compile(
          "(?:YYYY_(?:WW_|Q_|DDD_|MM_(?:DD_(?:HH24_(?:MI_(?:SS_(?:[MU]S_)?)?)?)?)?)?|IYYY_(?:IW_(?:ID_)?)?)"
              // What stands between the units: a T of its own has to be quoted.
              .replace("_", "(?:[^\\p{Alnum}\"]|\"[^\"]*\")*"),
          Pattern.CASE_INSENSITIVE);

  /**
   * @param call an expression that calls {@code to_char}
   */
  static TimeFormat of(Operand.Expression call) {
    Matcher literal = LITERAL.matcher(call.text());
    if (!literal.find()) {
      return UNKNOWN;
    }
    return YEAR_FIRST.matcher(literal.group(1)).matches() ? GROWING : OTHER;
  }
}
