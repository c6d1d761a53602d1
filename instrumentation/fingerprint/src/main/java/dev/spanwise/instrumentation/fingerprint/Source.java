package dev.spanwise.instrumentation.fingerprint;

/**
 * SQL text and where each kind of token in it ends, by PostgreSQL's lexical rules. What is not
 * terminated ends with the text.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html">PostgreSQL:
 *     Lexical Structure</a>
 */
final class Source {

  /** So many characters may be looked at past the end; they read as blanks. */
  private static final int PADDING = 4;

  /** PostgreSQL cuts names after 63 bytes; the limit keeps a long run of signs linear. */
  private static final int MAXIMUM_OPERATOR_LENGTH = 63;

  static final int NOT_FOUND = -1;

  final char[] text;
  final int length;

  Source(String sql) {
    length = sql.length();
    text = new char[length + PADDING];
    sql.getChars(0, length, text, 0);
  }

  /** The first index at or after {@code start} that is in neither white space nor a comment. */
  int blankEnd(int start) {
    int index = start;
    while (index < length) {
      if (Characters.isBlank(text[index])) {
        index++;
      } else if (startsComment(index)) {
        index = text[index] == '-' ? lineEnd(index) : blockCommentEnd(index);
      } else {
        return index;
      }
    }
    return length;
  }

  private boolean startsComment(int index) {
    char character = text[index];
    return (character == '-' && text[index + 1] == '-')
        || (character == '/' && text[index + 1] == '*');
  }

  private int lineEnd(int start) {
    int index = start;
    while (index < length && text[index] != '\n' && text[index] != '\r') {
      index++;
    }
    return index;
  }

  private int blockCommentEnd(int start) {
    int depth = 1;
    int index = start + 2;
    while (index < length && depth > 0) {
      if (text[index] == '*' && text[index + 1] == '/') {
        depth--;
        index += 2;
      } else if (text[index] == '/' && text[index + 1] == '*') {
        depth++;
        index += 2;
      } else {
        index++;
      }
    }
    return Math.min(index, length);
  }

  int nameEnd(int start) {
    int index = start;
    while (index < length && Characters.isName(text[index])) {
      index++;
    }
    return index;
  }

  /**
   * The end of the string literal at {@code start} with its prefix ({@code E B X N U&}), or {@link
   * #NOT_FOUND}.
   */
  int stringEnd(int start) {
    if (text[start] == '\'') {
      return quoteEnd(start, '\'', false);
    }
    int quote = start + 1;
    boolean escapes = false;
    switch (text[start]) {
      case 'e', 'E' -> escapes = true;
      case 'b', 'B', 'x', 'X', 'n', 'N' -> {}
      case 'u', 'U' -> {
        if (text[quote++] != '&') {
          return NOT_FOUND;
        }
      }
      default -> {
        return NOT_FOUND;
      }
    }
    return text[quote] == '\'' ? quoteEnd(quote, '\'', escapes) : NOT_FOUND;
  }

  /** The index after the closing quote, past the end of the text where there is none. */
  int quoteEnd(int open, char quote, boolean escapes) {
    for (int index = open + 1; index < length; index++) {
      if (text[index] == quote) {
        if (text[index + 1] != quote) {
          return index + 1;
        }
        index++;
      } else if (escapes && text[index] == '\\') {
        index++;
      }
    }
    return length + 1;
  }

  /** The end of {@code $tag$ … $tag$}, or {@link #NOT_FOUND} where no such quote begins. */
  int dollarQuoteEnd(int start) {
    int tagEnd = tagEnd(start);
    if (text[tagEnd] != '$') {
      return NOT_FOUND;
    }
    int tagLength = tagEnd + 1 - start;
    for (int index = tagEnd + 1; index <= length - tagLength; index++) {
      if (text[index] == '$' && matches(index, start, tagLength)) {
        return index + tagLength;
      }
    }
    return length;
  }

  /** The end of the name after the {@code $} at {@code start}. */
  int tagEnd(int start) {
    int index = start + 1;
    if (Characters.isNameStart(text[index])) {
      while (text[index] != '$' && Characters.isName(text[index])) {
        index++;
      }
    }
    return index;
  }

  private boolean matches(int left, int right, int count) {
    for (int index = 1; index < count; index++) {
      if (text[left + index] != text[right + index]) {
        return false;
      }
    }
    return true;
  }

  boolean startsNumber(int index) {
    return Characters.isDigit(text[index])
        || (text[index] == '.' && Characters.isDigit(text[index + 1]));
  }

  /**
   * Letters that adjoin the digits belong to the literal: a hexadecimal number, or nothing valid.
   */
  int numberEnd(int start) {
    int index = start;
    while (index < length) {
      char character = text[index];
      boolean fraction = character == '.' && text[index + 1] != '.';
      boolean sign =
          (character == '+' || character == '-')
              && (text[index - 1] | 0x20) == 'e'
              && Characters.isDigit(text[index + 1])
              && !isHexadecimal(start);
      if (!fraction && !sign && !Characters.isName(character)) {
        return index;
      }
      index++;
    }
    return index;
  }

  private boolean isHexadecimal(int start) {
    return text[start] == '0' && (text[start + 1] | 0x20) == 'x';
  }

  /** Whether the next token after {@code end} begins an operand, such as a name or a literal. */
  boolean startsOperand(int end) {
    int start = blankEnd(end);
    return switch (text[start]) {
      case '\'', '"', '(', '$', '?' -> true;
      default -> {
        if (Characters.isNameStart(text[start])) {
          yield (Keywords.rolesOf(text, start, nameEnd(start)) & Keywords.CLAUSE) == 0;
        }
        yield startsNumber(start) || Parameters.end(this, start) != NOT_FOUND;
      }
    };
  }

  /** The longest run of operator characters other than {@code ?}, up to a comment. */
  int operatorRunEnd(int start) {
    int index = start;
    int limit = start + MAXIMUM_OPERATOR_LENGTH;
    while (index < limit
        && Characters.isOperator(text[index])
        && text[index] != '?'
        && !startsComment(index)) {
      index++;
    }
    return index;
  }
}
