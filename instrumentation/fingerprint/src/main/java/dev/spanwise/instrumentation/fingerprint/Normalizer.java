package dev.spanwise.instrumentation.fingerprint;

/**
 * Writes the tokens of a statement in one form: literals as placeholders, one blank or none between
 * two tokens, lists of equal elements as one element. Reading the result again gives it again.
 */
final class Normalizer {

  private final Lexer lexer;
  private final char[] source;
  private final NormalizedText text;
  private final Lists lists;

  private Token previous = Token.SEMICOLON;
  private int previousRoles;
  private boolean previousUnary;

  /** Whether the token before is {@code +} as a sign, which says nothing before a value. */
  private boolean previousPlus;

  private boolean statementEnded;

  Normalizer(String sql) {
    lexer = new Lexer(sql);
    source = lexer.source.text;
    text = new NormalizedText(sql.length());
    lists = new Lists(text);
  }

  NormalizedText normalize() {
    Token token = lexer.next();
    while (token != Token.END) {
      if (token == Token.SEMICOLON) {
        statementEnded = text.length() > 0;
      } else {
        separateStatements();
        write(token);
      }
      previous = token;
      previousRoles = lexer.roles;
      previousUnary = lexer.unary;
      previousPlus = isPlus(token);
      token = lexer.next();
    }
    endRows();
    if (text.length() > 0 && text.last() == ' ') {
      text.truncate(text.length() - 1);
    }
    return text;
  }

  /** The semicolon after the last statement says nothing and is never written. */
  private void separateStatements() {
    if (statementEnded) {
      endRows();
      text.append(';');
      text.append(' ');
      statementEnded = false;
    }
  }

  private void endRows() {
    if (lists.isIn(Lists.ROWS)) {
      lists.close();
    }
  }

  private void write(Token token) {
    if (token != Token.COMMA && token != Token.OPEN_PARENTHESIS) {
      endRows();
    }
    switch (token) {
      case PLACEHOLDER -> writePlaceholder();
      case OPERATOR -> writeOperator();
      case COMMA -> writeComma();
      case OPEN_PARENTHESIS, OPEN_BRACKET -> writeOpen(token);
      case CLOSE -> {
        lists.close();
        text.append(source[lexer.start]);
      }
      default -> {
        separate(token);
        writeToken(token);
      }
    }
  }

  private void writePlaceholder() {
    if (previousPlus) {
      text.truncate(text.length() - 1);
      text.append(NormalizedText.PLACEHOLDER);
    } else if (text.last() != NormalizedText.PLACEHOLDER) {
      // 'a' 'b' on two lines is one string, and no statement has two values side by side.
      separate(Token.PLACEHOLDER);
      text.append(NormalizedText.PLACEHOLDER);
    }
  }

  private void writeOperator() {
    int start = lexer.start;
    int end = lexer.end;
    if (previousPlus && isPlus(Token.OPERATOR)) {
      return;
    }
    separate(Token.OPERATOR);
    if (end - start == 2 && source[start] == '!' && source[start + 1] == '=') {
      text.append('<');
      text.append('>');
    } else {
      text.append(source, start, end);
    }
  }

  private boolean isPlus(Token token) {
    return token == Token.OPERATOR
        && lexer.unary
        && lexer.end - lexer.start == 1
        && source[lexer.start] == '+';
  }

  private void writeComma() {
    lists.endElement();
    text.append(',');
    text.append(' ');
    lists.beginElement();
  }

  private void writeOpen(Token token) {
    separate(token);
    int kind = Lists.PLAIN;
    if (token == Token.OPEN_BRACKET) {
      boolean constructor = lexer.unary || (previousRoles & Keywords.ARRAY) != 0;
      kind = constructor ? Lists.VALUE_LIST : Lists.PLAIN;
    } else if ((previousRoles & Keywords.VALUES) != 0) {
      lists.open(Lists.ROWS);
    } else if ((previousRoles & Keywords.IN) != 0) {
      kind = Lists.VALUE_LIST;
    }
    text.append(source[lexer.start]);
    lists.open(kind);
  }

  private void writeToken(Token token) {
    int start = lexer.start;
    int end = lexer.end;
    switch (token) {
      case WORD -> {
        if ((lexer.roles & Keywords.QUERY) != 0
            && previous == Token.OPEN_PARENTHESIS
            && lists.isIn(Lists.VALUE_LIST)) {
          lists.demote();
        }
        text.appendFolded(source, start, end);
      }
      case QUOTED_NAME -> writeQuotedName(start, end);
      default -> text.append(source, start, end);
    }
  }

  /** {@code "foo"} is {@code foo} in PostgreSQL, unless folding or a keyword's meaning differ. */
  private void writeQuotedName(int start, int end) {
    if (source[start] == '"' && isPlainName(start + 1, end - 1)) {
      text.append(source, start + 1, end - 1);
    } else if (source[start] == '"') {
      text.append(source, start, end);
    } else {
      text.appendFolded(source, start, start + 1);
      text.append(source, start + 1, end);
    }
  }

  private boolean isPlainName(int start, int end) {
    if (start == end || !Characters.isNameStart(source[start])) {
      return false;
    }
    for (int index = start; index < end; index++) {
      char character = source[index];
      if (!Characters.isName(character) || character != Characters.fold(character)) {
        return false;
      }
    }
    return Keywords.rolesOf(source, start, end) == 0;
  }

  private void separate(Token token) {
    if (text.last() != ' ' && !adjoins(token)) {
      text.append(' ');
    }
  }

  /** Whether {@code token} follows without a blank, and without becoming another token by that. */
  private boolean adjoins(Token token) {
    return switch (previous) {
      case OPEN_PARENTHESIS, OPEN_BRACKET -> true;
      case DOT -> true;
      case CAST -> token != Token.COLON && token != Token.CAST;
      case OPERATOR -> previousUnary && isSign() && (startsOperand(token) || isPlus(token));
      case WORD, QUOTED_NAME, CLOSE, PLACEHOLDER -> adjoinsOperand(token);
      case COLON, COMMA, SEMICOLON, OTHER, END -> false;
    };
  }

  private boolean adjoinsOperand(Token token) {
    return switch (token) {
      case DOT, CAST, COLON -> true;
      case OPEN_PARENTHESIS ->
          (previous == Token.WORD && (previousRoles & Keywords.CLAUSE) == 0)
              || previous == Token.QUOTED_NAME;
      case OPEN_BRACKET -> !lexer.unary;
      default -> false;
    };
  }

  private boolean isSign() {
    return text.last() == '-' || text.last() == '+';
  }

  private static boolean startsOperand(Token token) {
    return switch (token) {
      case WORD, QUOTED_NAME, PLACEHOLDER, OPEN_PARENTHESIS -> true;
      default -> false;
    };
  }
}
