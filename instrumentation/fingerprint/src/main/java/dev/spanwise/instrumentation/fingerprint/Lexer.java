package dev.spanwise.instrumentation.fingerprint;

import static dev.spanwise.instrumentation.fingerprint.Source.NOT_FOUND;

/**
 * Splits SQL into tokens in one pass and tells parameters from operators by what stands before and
 * after: where an operand must follow (after an operator, a keyword such as {@code AND}, an opening
 * parenthesis or a comma) {@code ?} is a parameter and {@code -} a sign; after an operand {@code ?}
 * is PostgreSQL's operator if another operand follows. The token's text is {@code
 * source.text[start..end)}.
 */
final class Lexer {

  final Source source;
  int start;
  int end;

  /** The {@link Keywords} roles of a {@link Token#WORD}, 0 of any other token. */
  int roles;

  /** Whether the place of the token asked for an operand, so that a sign is unary. */
  boolean unary;

  private final char[] text;
  private Token previous = Token.SEMICOLON;
  private int previousRoles;
  private int position;
  private boolean operandExpected = true;
  private boolean afterIs;
  private boolean afterSubscript;

  Lexer(String sql) {
    source = new Source(sql);
    text = source.text;
  }

  Token next() {
    Token token = scan();
    boolean constructor = unary || (previousRoles & Keywords.ARRAY) != 0;
    afterSubscript = token == Token.OPEN_BRACKET && !constructor;
    afterIs = (roles & Keywords.IS) != 0 || (afterIs && (roles & Keywords.NOT) != 0);
    operandExpected =
        switch (token) {
          case WORD -> (roles & Keywords.OPERAND_FOLLOWS) != 0;
          case OPERATOR, OPEN_PARENTHESIS, OPEN_BRACKET, COMMA, SEMICOLON, COLON, OTHER -> true;
          case QUOTED_NAME, PLACEHOLDER, CLOSE, DOT, CAST, END -> false;
        };
    previous = token;
    previousRoles = roles;
    return token;
  }

  private Token scan() {
    start = source.blankEnd(position);
    roles = 0;
    unary = operandExpected;
    if (start == source.length) {
      return Token.END;
    }
    char first = text[start];
    boolean parameterExpected =
        operandExpected || (previousRoles & Keywords.PARAMETER_FOLLOWS) != 0;
    if (parameterExpected && !(first == ':' && afterSubscript)) {
      int parameterEnd = Parameters.end(source, start);
      if (parameterEnd != NOT_FOUND) {
        return scanned(Token.PLACEHOLDER, parameterEnd);
      }
    }
    if (Characters.isNameStart(first)) {
      return scanWord();
    }
    if (source.startsNumber(start)) {
      return scanned(Token.PLACEHOLDER, source.numberEnd(start));
    }
    if (Characters.isOperator(first)) {
      return first == '?' ? scanQuestionMark() : scanOperator();
    }
    return switch (first) {
      case '\'' -> scanned(Token.PLACEHOLDER, source.stringEnd(start));
      case '"' -> scanQuotedName(start);
      case '$' -> scanDollar();
      case ':' -> scanColon();
      case '(' -> scanned(Token.OPEN_PARENTHESIS, start + 1);
      case '[' -> scanned(Token.OPEN_BRACKET, start + 1);
      case ')', ']' -> scanned(Token.CLOSE, start + 1);
      case ',' -> scanned(Token.COMMA, start + 1);
      case ';' -> scanned(Token.SEMICOLON, start + 1);
      case '.' -> scanned(Token.DOT, start + 1);
      default -> scanned(Token.OTHER, start + 1);
    };
  }

  private Token scanned(Token token, int tokenEnd) {
    end = Math.min(tokenEnd, source.length);
    position = end;
    return token;
  }

  private Token scanWord() {
    int stringEnd = source.stringEnd(start);
    if (stringEnd != NOT_FOUND) {
      return scanned(Token.PLACEHOLDER, stringEnd);
    }
    if ((text[start] | 0x20) == 'u' && text[start + 1] == '&' && text[start + 2] == '"') {
      return scanQuotedName(start + 2);
    }
    int sanitized = Parameters.sanitizedStringEnd(source, start);
    if (sanitized != NOT_FOUND && !source.startsOperand(sanitized)) {
      return scanned(Token.PLACEHOLDER, sanitized);
    }
    scanned(Token.WORD, source.nameEnd(start));
    if (previous != Token.DOT && previous != Token.CAST) {
      roles = Keywords.rolesOf(text, start, end);
    }
    boolean literal =
        ((roles & Keywords.NULL) != 0 && (previousRoles & Keywords.KEEPS_NULL) == 0)
            || ((roles & Keywords.BOOLEAN) != 0 && !afterIs);
    if (literal && operandExpected) {
      roles = 0;
      return Token.PLACEHOLDER;
    }
    return Token.WORD;
  }

  private Token scanQuotedName(int quote) {
    int quotedEnd = source.quoteEnd(quote, '"', false);
    // Where a text was cut, a name without its end may as well be the inside of a string.
    return scanned(quotedEnd > source.length ? Token.PLACEHOLDER : Token.QUOTED_NAME, quotedEnd);
  }

  private Token scanDollar() {
    if (Characters.isDigit(text[start + 1])) {
      return scanned(Token.PLACEHOLDER, Parameters.digitsEnd(source, start + 1));
    }
    int quoteEnd = source.dollarQuoteEnd(start);
    return quoteEnd == NOT_FOUND
        ? scanned(Token.OTHER, start + 1)
        : scanned(Token.PLACEHOLDER, quoteEnd);
  }

  private Token scanColon() {
    return switch (text[start + 1]) {
      case ':' -> scanned(Token.CAST, start + 2);
      case '=' -> scanned(Token.OPERATOR, start + 2);
      default -> scanned(Token.COLON, start + 1);
    };
  }

  /** After an operand: PostgreSQL's operator, which pgjdbc writes with two question marks. */
  private Token scanQuestionMark() {
    if (text[start + 1] == '?') {
      int escapedEnd = source.operatorRunEnd(start + 2);
      if (source.startsOperand(escapedEnd)) {
        start++;
        return scanned(Token.OPERATOR, escapedEnd);
      }
    }
    int runEnd = source.operatorRunEnd(start + 1);
    return source.startsOperand(runEnd)
        ? scanned(Token.OPERATOR, runEnd)
        : scanned(Token.PLACEHOLDER, Parameters.digitsEnd(source, start + 1));
  }

  private Token scanOperator() {
    int operatorEnd = Operators.end(source, start);
    if (operandExpected) {
      return operatorEnd == start + 1 ? scanPrefixOperator() : scanned(Token.OPERATOR, operatorEnd);
    }
    if (operatorEnd == start + 1 && text[start] == '@' && text[operatorEnd] == '?') {
      return scanJsonPathOperator(operatorEnd + 1);
    }
    if (operatorEnd == start + 2 && text[start] == '%' && text[start + 1] == '%') {
      // psycopg writes the operator with two per cent signs.
      start++;
    }
    return scanned(Token.OPERATOR, operatorEnd);
  }

  private Token scanPrefixOperator() {
    int operand = source.blankEnd(start + 1);
    boolean sign = text[start] == '-' || text[start] == '+';
    return sign && source.startsNumber(operand)
        ? scanned(Token.PLACEHOLDER, source.numberEnd(operand))
        : scanned(Token.OPERATOR, start + 1);
  }

  /** {@code @?}, in pgjdbc's spelling {@code @??}. */
  private Token scanJsonPathOperator(int operatorEnd) {
    if (!source.startsOperand(operatorEnd)) {
      return scanned(Token.OPERATOR, start + 1);
    }
    boolean escaped = text[operatorEnd] == '?' && source.startsOperand(operatorEnd + 1);
    scanned(Token.OPERATOR, operatorEnd);
    position += escaped ? 1 : 0;
    return Token.OPERATOR;
  }
}
