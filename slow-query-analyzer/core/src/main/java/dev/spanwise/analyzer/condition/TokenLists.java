package dev.spanwise.analyzer.condition;

import java.util.ArrayList;
import java.util.List;

/** Nesting of tokens. */
final class TokenLists {

  private TokenLists() {}

  /** Whether every parenthesis is closed: what is cut off is not taken apart. */
  static boolean isBalanced(List<Token> tokens) {
    int depth = 0;
    for (Token token : tokens) {
      depth += opens(token) ? 1 : closes(token) ? -1 : 0;
      if (depth < 0) {
        return false;
      }
    }
    return depth == 0;
  }

  static List<List<Token>> split(List<Token> tokens, String keyword) {
    List<List<Token>> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (opens(token) || token.is("CASE")) {
        depth++;
      } else if (closes(token) || token.is("END")) {
        depth--;
      } else if (depth == 0 && token.is(keyword)) {
        parts.add(tokens.subList(start, i));
        start = i + 1;
      }
    }
    parts.add(tokens.subList(start, tokens.size()));
    return parts.stream().anyMatch(List::isEmpty) ? List.of(tokens) : parts;
  }

  static List<Token> withoutParentheses(List<Token> tokens) {
    int size = tokens.size();
    int opened = 0;
    while (opened < size && tokens.get(opened).is("(")) {
      opened++;
    }
    int closed = 0;
    while (closed < size && tokens.get(size - 1 - closed).is(")")) {
      closed++;
    }
    // A pair surrounds all the rest if nothing between the two closes it before.
    int depth = opened;
    int surrounding = Math.min(opened, closed);
    for (int i = opened; i < size - closed; i++) {
      depth += opens(tokens.get(i)) ? 1 : closes(tokens.get(i)) ? -1 : 0;
      surrounding = Math.min(surrounding, depth);
    }
    surrounding = Math.min(surrounding, (size - 1) / 2);
    return surrounding <= 0 || depth != closed
        ? tokens
        : tokens.subList(surrounding, size - surrounding);
  }

  static int closing(List<Token> tokens, int open) {
    int depth = 0;
    for (int i = open; i < tokens.size(); i++) {
      if (opens(tokens.get(i))) {
        depth++;
      } else if (closes(tokens.get(i)) && --depth == 0) {
        return i;
      }
    }
    return tokens.size() - 1;
  }

  /** Whether {@code keyword}, as it is printed, stands outside of parentheses. */
  static boolean hasOutside(List<Token> tokens, String keyword) {
    int depth = 0;
    for (Token token : tokens) {
      depth += opens(token) ? 1 : closes(token) ? -1 : 0;
      if (depth == 0 && token.is(keyword)) {
        return true;
      }
    }
    return false;
  }

  /**
   * As printed, but for the white space around it and the relations that columns are named with.
   */
  static String unqualified(List<Token> tokens) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean qualifies =
          token.isName()
              && i + 2 < tokens.size()
              && tokens.get(i + 1).is(".")
              && tokens.get(i + 2).isName()
              && !(i + 3 < tokens.size() && tokens.get(i + 3).is("("))
              && !(i > 0 && tokens.get(i - 1).is("::"));
      if (qualifies) {
        text.append(
            token.printed(), 0, token.printed().length() - token.printed().strip().length());
        i++;
      } else {
        text.append(token.printed());
      }
    }
    return text.toString().strip();
  }

  static boolean opens(Token token) {
    return token.is("(") || token.is("[");
  }

  static boolean closes(Token token) {
    return token.is(")") || token.is("]");
  }
}
