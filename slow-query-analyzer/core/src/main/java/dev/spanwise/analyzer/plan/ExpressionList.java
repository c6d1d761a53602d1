package dev.spanwise.analyzer.plan;

import java.util.ArrayList;
import java.util.List;

/** Splits what text output prints in one line, such as the expressions of a sort key. */
final class ExpressionList {

  /** No quote is open. */
  static final char CLOSED = 0;

  private ExpressionList() {}

  /** The elements between commas that stand in no bracket, literal or quoted name. */
  static List<String> split(String line) {
    List<String> elements = new ArrayList<>();
    int start = 0;
    int depth = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\'' || c == '"') {
        i = end(line, i);
      } else if (c == '(' || c == '[') {
        depth++;
      } else if (c == ')' || c == ']') {
        depth--;
      } else if (c == ',' && depth == 0) {
        elements.add(line.substring(start, i).strip());
        start = i + 1;
      }
    }
    elements.add(line.substring(start).strip());
    return elements;
  }

  /**
   * The quote that is still open after {@code text}, or {@link #CLOSED}.
   *
   * @param open the quote that is open before it, or {@link #CLOSED}
   */
  static char openAfter(String text, char open) {
    char state = open;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == state) {
        state = CLOSED;
      } else if (state == CLOSED && (c == '\'' || c == '"')) {
        state = c;
      }
    }
    return state;
  }

  /** Whether more brackets open in a line than close, literals and quoted names left aside. */
  static boolean leavesBracketOpen(String line) {
    int depth = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\'' || c == '"') {
        i = end(line, i);
      } else if (c == '(' || c == '[') {
        depth++;
      } else if (c == ')' || c == ']') {
        depth--;
      }
    }
    return depth > 0;
  }

  /**
   * The index of the quote that ends what opens at {@code start}, or the length of {@code text}. A
   * doubled quote ends one part and opens the next, which comes to the same.
   */
  private static int end(String text, int start) {
    int end = text.indexOf(text.charAt(start), start + 1);
    return end < 0 ? text.length() : end;
  }
}
