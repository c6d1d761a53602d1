package dev.spanwise.instrumentation.fingerprint;

import static dev.spanwise.instrumentation.fingerprint.Source.NOT_FOUND;

/** Where operators end. */
final class Operators {

  private Operators() {}

  /**
   * The end of the operator at {@code start}, which is not {@code ?}. As in PostgreSQL it is the
   * longest run, and ends in a sign only if it has a character that SQL's own operators lack. A
   * {@code ?} and the {@code @} or {@code %} of a driver's parameter are not part of it.
   */
  static int end(Source source, int start) {
    char[] text = source.text;
    int end = source.operatorRunEnd(start);
    if (end - start > 1
        && separates(text[end - 2], text[end - 1])
        && Parameters.end(source, end - 1) != NOT_FOUND) {
      end--;
    }
    if (!mayEndInSign(text, start, end)) {
      while (end - start > 1 && (text[end - 1] == '+' || text[end - 1] == '-')) {
        end--;
      }
    }
    return end;
  }

  /** Whether no operator of PostgreSQL ends in these two: {@code =@p1} is {@code = @p1}. */
  private static boolean separates(char left, char right) {
    return switch (right) {
      case '@' -> "=>|+-*/".indexOf(left) >= 0;
      case '%' -> "=>|+-*/<".indexOf(left) >= 0;
      default -> false;
    };
  }

  private static boolean mayEndInSign(char[] text, int start, int end) {
    for (int index = start; index < end; index++) {
      if (Characters.allowsTrailingSign(text[index])) {
        return true;
      }
    }
    return false;
  }
}
