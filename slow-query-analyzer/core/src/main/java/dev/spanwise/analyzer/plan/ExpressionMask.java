package dev.spanwise.analyzer.plan;

/**
 * Replaces the literals in an expression as PostgreSQL prints it by {@code ?} and leaves its
 * layout, its names and its parameters ({@code $1}). Only what opens and ends a literal is looked
 * at, so it cannot be led astray by operators or functions of extensions; a literal that does not
 * end is taken to reach the end.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html">lexical
 *     structure</a>
 */
public final class ExpressionMask {

  private final String expression;
  private final StringBuilder masked = new StringBuilder();
  private int next;

  /** The word before the current token, for {@code IS TRUE} and {@code SubPlan 1}. */
  private String word = "";

  private ExpressionMask(String expression) {
    this.expression = expression;
  }

  /** The expression with {@code ?} for each literal. */
  public static String of(String expression) {
    return new ExpressionMask(expression).mask();
  }

  private String mask() {
    while (next < expression.length()) {
      char c = expression.charAt(next);
      if (c == '\'') {
        literal(false);
      } else if (c == '"') {
        quotedName();
      } else if (c == '$') {
        dollar();
      } else if (isDigit(c) || (c == '.' && isDigit(at(next + 1)))) {
        number();
      } else if (Character.isLetter(c) || c == '_') {
        word();
      } else {
        masked.append(c);
        next++;
        if (!Character.isWhitespace(c)) {
          word = "";
        }
      }
    }
    return masked.toString();
  }

  /** A string, bit string or the like whose quote is at {@code next}. */
  private void literal(boolean backslashEscapes) {
    next++;
    while (next < expression.length()) {
      char c = expression.charAt(next++);
      if (c == '\\' && backslashEscapes) {
        next++;
      } else if (c == '\'') {
        if (at(next) != '\'') {
          break;
        }
        next++;
      }
    }
    next = Math.min(next, expression.length());
    masked.append('?');
    word = "";
  }

  private void quotedName() {
    int end = expression.indexOf('"', next + 1);
    if (end < 0) {
      masked.append('?');
      next = expression.length();
    } else {
      masked.append(expression, next, end + 1);
      next = end + 1;
    }
    word = "";
  }

  /** A parameter, or a string between dollar signs, which only a statement's own text can have. */
  private void dollar() {
    if (isDigit(at(next + 1))) {
      int start = next++;
      while (isDigit(at(next))) {
        next++;
      }
      masked.append(expression, start, next);
    } else {
      int tagEnd = next + 1;
      while (isName(at(tagEnd)) && at(tagEnd) != '$') {
        tagEnd++;
      }
      if (at(tagEnd) == '$') {
        String tag = expression.substring(next, tagEnd + 1);
        int end = expression.indexOf(tag, tagEnd + 1);
        next = end < 0 ? expression.length() : end + tag.length();
        masked.append('?');
      } else {
        masked.append('$');
        next++;
      }
    }
    word = "";
  }

  private void number() {
    int start = next;
    while (isName(at(next)) || at(next) == '.' || isExponentSign()) {
      next++;
    }
    boolean ofSubplan = word.equals("SubPlan") || word.equals("InitPlan");
    masked.append(ofSubplan ? expression.substring(start, next) : "?");
    word = "";
  }

  private boolean isExponentSign() {
    char sign = at(next);
    char before = at(next - 1);
    return (sign == '+' || sign == '-')
        && (before == 'e' || before == 'E')
        && isDigit(at(next + 1));
  }

  private void word() {
    int start = next;
    while (isName(at(next))) {
      next++;
    }
    String found = expression.substring(start, next);
    if (at(next) == '\'') {
      // A prefix such as E, B or X belongs to the literal.
      literal(found.equalsIgnoreCase("E"));
    } else if (isTruth(found) && !word.equals("IS")) {
      masked.append('?');
      word = "";
    } else {
      masked.append(found);
      boolean isNot = found.equals("NOT") && word.equals("IS");
      word = isNot ? "IS" : found;
    }
  }

  private static boolean isTruth(String word) {
    return word.equalsIgnoreCase("true") || word.equalsIgnoreCase("false");
  }

  private static boolean isName(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** The character at {@code index}, or a character that no token has. */
  private char at(int index) {
    return index >= 0 && index < expression.length() ? expression.charAt(index) : 0;
  }
}
