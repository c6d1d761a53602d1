package dev.spanwise.instrumentation.fingerprint;

/** What the lexer tells apart. */
enum Token {
  WORD,
  QUOTED_NAME,
  /** A literal or a parameter of any driver. */
  PLACEHOLDER,
  OPERATOR,
  OPEN_PARENTHESIS,
  OPEN_BRACKET,
  /** {@code )} or {@code ]}. */
  CLOSE,
  COMMA,
  SEMICOLON,
  DOT,
  /** {@code ::}. */
  CAST,
  /** {@code :} of an array slice or a JSON constructor. */
  COLON,
  /** A character that PostgreSQL's lexer does not know. */
  OTHER,
  END
}
