package dev.spanwise.instrumentation.fingerprint;

/** The character classes of PostgreSQL's lexer; everything beyond ASCII belongs to names. */
final class Characters {

  private static final int NAME_START = 1;
  private static final int NAME = 2;
  private static final int OPERATOR = 4;
  private static final int ENDS_WITH_SIGN = 8;

  private static final byte[] CLASSES = new byte[128];

  static {
    for (char letter = 'a'; letter <= 'z'; letter++) {
      CLASSES[letter] = NAME_START | NAME;
      CLASSES[letter - 'a' + 'A'] = NAME_START | NAME;
    }
    CLASSES['_'] = NAME_START | NAME;
    for (char digit = '0'; digit <= '9'; digit++) {
      CLASSES[digit] = NAME;
    }
    CLASSES['$'] = NAME;
    for (char operator : "~!@#^&|`?+-*/%<>=".toCharArray()) {
      CLASSES[operator] = OPERATOR;
    }
    for (char operator : "~!@#^&|`?%".toCharArray()) {
      CLASSES[operator] |= ENDS_WITH_SIGN;
    }
  }

  private Characters() {}

  static boolean isNameStart(char character) {
    return character >= 128 || (CLASSES[character] & NAME_START) != 0;
  }

  static boolean isName(char character) {
    return character >= 128 || (CLASSES[character] & NAME) != 0;
  }

  static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  static boolean isOperator(char character) {
    return character < 128 && (CLASSES[character] & OPERATOR) != 0;
  }

  /** Whether an operator that has this character may end in {@code +} or {@code -}. */
  static boolean allowsTrailingSign(char character) {
    return character < 128 && (CLASSES[character] & ENDS_WITH_SIGN) != 0;
  }

  /** Control characters too: they are no SQL at all, and between tokens they can only separate. */
  static boolean isBlank(char character) {
    return character <= ' ';
  }

  /** As PostgreSQL folds unquoted names in a multi-byte encoding: ASCII letters only. */
  static char fold(char character) {
    return character >= 'A' && character <= 'Z' ? (char) (character + ('a' - 'A')) : character;
  }
}
