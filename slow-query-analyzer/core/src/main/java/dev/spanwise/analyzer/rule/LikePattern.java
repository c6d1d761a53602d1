package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.condition.Operand;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a LIKE or ILIKE pattern. It keeps nothing of the pattern's text.
 *
 * @param start how it begins
 * @param longestRun characters of its longest part without a wildcard; null where the pattern is
 *     not known as a whole
 * @param ignoresCase whether the comparison is ILIKE
 */
record LikePattern(Start start, @Nullable Integer longestRun, boolean ignoresCase) {

  /** How a pattern begins. */
  enum Start {
    /** With {@code %} or {@code _}. */
    WILDCARD,
    /** With a character that has to be there. */
    TEXT,
    /** It is a parameter, or computed. */
    UNKNOWN,
    /** The comparison has no pattern. */
    NONE
  }

  private static final Set<String> OPERATORS = Set.of("~~", "~~*", "~~ ANY", "~~* ANY");

  static LikePattern of(FilteredScan.Comparison comparison) {
    if (!OPERATORS.contains(comparison.operator())) {
      return new LikePattern(Start.NONE, null, false);
    }
    boolean ignoresCase = comparison.operator().startsWith("~~*");
    boolean whole = comparison.operator().equals("~~") || comparison.operator().equals("~~*");
    if (!whole
        || !(comparison.other() instanceof Operand.Constant constant)
        || constant.beginning() == null
        || (constant.beginning().isEmpty() && constant.literal() == null)) {
      return new LikePattern(Start.UNKNOWN, null, ignoresCase);
    }
    String beginning = constant.beginning();
    boolean wildcard = beginning.startsWith("%") || beginning.startsWith("_");
    String pattern = constant.literal();
    return new LikePattern(
        wildcard ? Start.WILDCARD : Start.TEXT,
        pattern == null ? null : longestRun(pattern),
        ignoresCase);
  }

  /** Whether a b-tree of the right operator class finds it. */
  boolean isPrefix() {
    return start == Start.TEXT && !ignoresCase;
  }

  private static int longestRun(String pattern) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < pattern.length(); i++) {
      char character = pattern.charAt(i);
      if (character == '%' || character == '_') {
        run = 0;
      } else {
        // The character after a backslash stands for itself.
        i += character == '\\' ? 1 : 0;
        run++;
      }
      longest = Math.max(longest, run);
    }
    return longest;
  }
}
