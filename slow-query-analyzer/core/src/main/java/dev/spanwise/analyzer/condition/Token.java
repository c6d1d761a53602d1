package dev.spanwise.analyzer.condition;

/** A lexical element of a printed condition; {@code text} is unquoted for identifiers. */
record Token(Kind kind, String text) {

  enum Kind {
    /** Folded to lower case when it was printed without quotes. */
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
