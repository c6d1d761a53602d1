package dev.spanwise.analyzer.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Splits a printed condition into tokens by PostgreSQL's <a
 * href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html">lexical rules</a>.
 */
final class ConditionLexer {

  private static final String OPERATOR_CHARACTERS = "+-*/<>=~!@#%^&|`?";
  private static final String PUNCTUATION = "()[],.:;";

  /** What an operand follows, not an operator. */
  private static final Set<String> BEFORE_OPERANDS =
      Set.of("AND", "OR", "NOT", "CASE", "WHEN", "THEN", "ELSE", "FROM", "FOR");

  private final String text;
  private int position;
  private boolean afterOperand;

  private ConditionLexer(String text) {
    this.text = text;
  }

  static List<Token> tokens(String text) {
    ConditionLexer lexer = new ConditionLexer(text);
    List<Token> tokens = new ArrayList<>();
    Token token = lexer.next();
    while (token.kind() != Token.Kind.END) {
      tokens.add(token);
      token = lexer.next();
    }
    return tokens;
  }

  private Token next() {
    int start = position;
    Element element = element();
    afterOperand = isOperandsEnd(element);
    return new Token(element.kind(), element.text(), text.substring(start, position));
  }

  private record Element(Token.Kind kind, String text) {}

  private static boolean isOperandsEnd(Element element) {
    return switch (element.kind()) {
      case QUOTED_NAME, LITERAL, PARAMETER -> true;
      case WORD -> !BEFORE_OPERANDS.contains(element.text());
      case PUNCTUATION -> element.text().equals(")") || element.text().equals("]");
      case OPERATOR, END -> false;
    };
  }

  private Element element() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
    if (position == text.length()) {
      return new Element(Token.Kind.END, "");
    }
    char first = text.charAt(position);
    if (first == '\'') {
      return quotedLiteral(false);
    }
    if (first == '"') {
      return quotedName();
    }
    if (first == '$') {
      return parameter();
    }
    if (Character.isDigit(first) || (first == '.' && isDigitAt(position + 1))) {
      return number();
    }
    if (Character.isLetter(first) || first == '_') {
      return word();
    }
    if (first == '?' && !afterOperand) {
      // A masked literal; after an operand it is jsonb's operator.
      position++;
      return new Element(Token.Kind.PARAMETER, "");
    }
    if (OPERATOR_CHARACTERS.indexOf(first) >= 0) {
      return new Element(Token.Kind.OPERATOR, run(OPERATOR_CHARACTERS));
    }
    if (text.startsWith("::", position)) {
      position += 2;
      return new Element(Token.Kind.PUNCTUATION, "::");
    }
    position++;
    return new Element(
        PUNCTUATION.indexOf(first) >= 0 ? Token.Kind.PUNCTUATION : Token.Kind.OPERATOR,
        String.valueOf(first));
  }

  private Element quotedLiteral(boolean backslashEscapes) {
    StringBuilder value = new StringBuilder();
    position++;
    while (position < text.length()) {
      char character = text.charAt(position++);
      if (character == '\\' && backslashEscapes && position < text.length()) {
        character = text.charAt(position++);
      } else if (character == '\'') {
        if (position < text.length() && text.charAt(position) == '\'') {
          position++;
        } else {
          break;
        }
      }
      value.append(character);
    }
    return new Element(Token.Kind.LITERAL, value.toString());
  }

  private Element quotedName() {
    StringBuilder name = new StringBuilder();
    position++;
    while (position < text.length()) {
      char character = text.charAt(position++);
      if (character == '"') {
        if (position < text.length() && text.charAt(position) == '"') {
          position++;
        } else {
          break;
        }
      }
      name.append(character);
    }
    return new Element(Token.Kind.QUOTED_NAME, name.toString());
  }

  private Element parameter() {
    position++;
    while (isDigitAt(position)) {
      position++;
    }
    return new Element(Token.Kind.PARAMETER, "");
  }

  private Element number() {
    int start = position;
    while (position < text.length()
        && (Character.isLetterOrDigit(text.charAt(position)) || text.charAt(position) == '.')) {
      boolean exponent = text.charAt(position) == 'e' && position + 1 < text.length();
      position++;
      if (exponent && "+-".indexOf(text.charAt(position)) >= 0) {
        position++;
      }
    }
    return new Element(Token.Kind.LITERAL, text.substring(start, position));
  }

  private Element word() {
    int start = position;
    while (position < text.length() && isWordPart(text.charAt(position))) {
      position++;
    }
    String word = text.substring(start, position);
    if (position < text.length() && text.charAt(position) == '\'') {
      // E'…', B'…', X'…': a prefix that belongs to the literal.
      return quotedLiteral(word.equals("E"));
    }
    return new Element(Token.Kind.WORD, word);
  }

  private String run(String characters) {
    int start = position;
    while (position < text.length() && characters.indexOf(text.charAt(position)) >= 0) {
      position++;
    }
    return text.substring(start, position);
  }

  private boolean isDigitAt(int index) {
    return index < text.length() && Character.isDigit(text.charAt(index));
  }

  private static boolean isWordPart(char character) {
    return Character.isLetterOrDigit(character) || character == '_' || character == '$';
  }
}
