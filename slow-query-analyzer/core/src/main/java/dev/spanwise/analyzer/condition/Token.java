package dev.spanwise.analyzer.condition;

/**
 * A lexical element of a printed condition.
 *
 * @param text the element; an identifier or a string without its quotes, a string also without its
 *     escapes
 * @param printed the element as it is printed, with the white space before it
 */
record Token(Kind kind, String text, String printed) {

  enum Kind {
    /** A key word, or a name without quotes, as it is printed. */
    WORD,
    QUOTED_NAME,
    LITERAL,
    PARAMETER,
    OPERATOR,
    PUNCTUATION,
    END
  }

  boolean is(String expected) {
    return text.equals(expected)
        && (kind == Kind.PUNCTUATION || kind == Kind.OPERATOR || kind == Kind.WORD);
  }

  boolean isKeyword(String keyword) {
    return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
  }

  boolean isName() {
    return kind == Kind.WORD || kind == Kind.QUOTED_NAME;
  }
}
