package dev.spanwise.analyzer.condition;

import dev.spanwise.analyzer.condition.Operand.Column;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a condition as EXPLAIN prints it. PostgreSQL's deparser (ruleutils.c) puts parentheses
 * around every operator, so nesting alone gives the structure and no operator precedence is needed.
 * Whatever it does not know becomes {@link Condition.Other} or {@link Operand.Expression} with the
 * columns that it names, and so does what nests deeper than a hundred levels. Thread-safe, never
 * fails.
 */
public final class ConditionReader {

  /** The planner makes lists of chains, so that what people write nests a few levels deep. */
  private static final int DEEPEST = 100;

  private ConditionReader() {}

  /** Reads a condition such as {@code ((t.account_id = $1) AND (t.at >= '…'::date))}. */
  public static Condition read(String printed) {
    List<Token> tokens = ConditionLexer.tokens(printed);
    return TokenLists.isBalanced(tokens)
        ? condition(tokens, 0)
        : new Condition.Other(expression(tokens, columns(tokens), null));
  }

  /** Reads an expression alone, such as a sort key without its direction. */
  public static Operand readOperand(String printed) {
    return operand(ConditionLexer.tokens(printed), 0);
  }

  private static Condition condition(List<Token> tokens, int depth) {
    List<Token> inner = TokenLists.withoutParentheses(tokens);
    if (depth == DEEPEST) {
      return new Condition.Other(expression(inner, columns(inner), null));
    }
    List<List<Token>> conjuncts = TokenLists.split(inner, "AND");
    if (conjuncts.size() > 1) {
      return new Condition.And(conditions(conjuncts, depth + 1));
    }
    List<List<Token>> disjuncts = TokenLists.split(inner, "OR");
    if (disjuncts.size() > 1) {
      return new Condition.Or(conditions(disjuncts, depth + 1));
    }
    return simple(inner, depth + 1);
  }

  private static List<Condition> conditions(List<List<Token>> parts, int depth) {
    return parts.stream().map(part -> condition(part, depth)).toList();
  }

  private static Condition simple(List<Token> tokens, int depth) {
    int size = tokens.size();
    if (size > 2 && tokens.get(size - 1).isKeyword("NULL")) {
      boolean negated = tokens.get(size - 2).isKeyword("NOT");
      int is = negated ? size - 3 : size - 2;
      if (is > 0 && tokens.get(is).isKeyword("IS")) {
        return new Condition.NullTest(operand(tokens.subList(0, is), depth), !negated);
      }
    }
    int operator = topLevelOperator(tokens);
    if (operator <= 0 || operator == size - 1) {
      return new Condition.Other(operand(tokens, depth));
    }
    Operand left = operand(tokens.subList(0, operator), depth);
    List<Token> rest = tokens.subList(operator + 1, size);
    String symbol = tokens.get(operator).text();
    if (rest.get(0).isKeyword("ANY") || rest.get(0).isKeyword("ALL")) {
      symbol += rest.get(0).isKeyword("ANY") ? " ANY" : " ALL";
      rest = rest.subList(1, rest.size());
    }
    return new Condition.Comparison(left, symbol, operand(rest, depth));
  }

  /** The one operator outside parentheses; -1 where there is none or several. */
  private static int topLevelOperator(List<Token> tokens) {
    int depth = 0;
    int found = -1;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (TokenLists.opens(token)) {
        depth++;
      } else if (TokenLists.closes(token)) {
        depth--;
      } else if (depth == 0 && token.kind() == Token.Kind.OPERATOR) {
        if (found >= 0) {
          return -1;
        }
        found = i;
      }
    }
    return found;
  }

  private static Operand operand(List<Token> tokens, int depth) {
    List<Token> inner = TokenLists.withoutParentheses(tokens);
    if (depth == DEEPEST) {
      return expression(inner, columns(inner), null);
    }
    Column column = column(inner);
    if (column != null) {
      return column;
    }
    int cast = lastTopLevelCast(inner);
    Operand behindCast = cast > 0 ? operand(inner.subList(0, cast), depth + 1) : null;
    if (behindCast instanceof Column castColumn) {
      return new Operand.Cast(castColumn, type(inner.subList(cast + 1, inner.size())));
    }
    Set<Column> columns = columns(inner);
    if (columns.isEmpty() && inner.stream().noneMatch(ConditionReader::namesSubplan)) {
      return behindCast instanceof Operand.Constant ? behindCast : constant(inner, depth + 1);
    }
    String function =
        behindCast instanceof Operand.Expression expression
            ? expression.function()
            : function(inner);
    return expression(inner, columns, function);
  }

  private static Operand.Expression expression(
      List<Token> tokens, Set<Column> columns, @Nullable String function) {
    return new Operand.Expression(columns, function, TokenLists.unqualified(tokens));
  }

  private static Operand.Constant constant(List<Token> tokens, int depth) {
    if (tokens.size() == 1 && tokens.get(0).kind() == Token.Kind.LITERAL) {
      String literal = tokens.get(0).text();
      return new Operand.Constant(literal, literal);
    }
    int operator = topLevelOperator(tokens);
    if (operator > 0
        && tokens.get(operator).is("||")
        && operand(tokens.subList(0, operator), depth) instanceof Operand.Constant first) {
      return new Operand.Constant(null, first.beginning());
    }
    return Operand.Constant.UNKNOWN;
  }

  /** The function whose call the tokens are, its schema left out; null where they are no call. */
  private static @Nullable String function(List<Token> tokens) {
    int open = 1;
    while (open + 1 < tokens.size() && tokens.get(open).is(".")) {
      open += 2;
    }
    boolean call =
        open < tokens.size()
            && tokens.get(open - 1).isName()
            && tokens.get(open).is("(")
            && TokenLists.closing(tokens, open) == tokens.size() - 1;
    if (call) {
      return tokens.get(open - 1).text().toLowerCase(Locale.ROOT);
    }
    // "x AT TIME ZONE y", printed since PostgreSQL 14, is this function's call.
    return TokenLists.hasOutside(tokens, "ZONE") ? "timezone" : null;
  }

  private static boolean namesSubplan(Token token) {
    return token.isKeyword("SubPlan");
  }

  private static @Nullable Column column(List<Token> tokens) {
    if (tokens.size() == 1 && isColumnName(tokens.get(0))) {
      return new Column(null, tokens.get(0).text());
    }
    if (tokens.size() == 3
        && tokens.get(0).isName()
        && tokens.get(1).is(".")
        && tokens.get(2).isName()) {
      return new Column(tokens.get(0).text(), tokens.get(2).text());
    }
    return null;
  }

  /** Words that stand for a value or belong to the syntax around one. */
  private static final Set<String> NOT_COLUMNS =
      Set.of(
          "true",
          "false",
          "null",
          "not",
          "is",
          "and",
          "or",
          "case",
          "when",
          "then",
          "else",
          "end",
          "any",
          "all",
          "array",
          "row",
          "distinct",
          "from",
          "collate",
          "current_date",
          "current_timestamp",
          "current_time",
          "localtime",
          "localtimestamp",
          "current_user",
          "session_user",
          "current_role",
          "hashed",
          "subplan",
          "initplan",
          "alternatives",
          "exists");

  private static boolean isColumnName(Token token) {
    // A name with a capital letter is printed in quotes: without them it is a key word.
    return token.kind() == Token.Kind.QUOTED_NAME
        || (token.kind() == Token.Kind.WORD
            && token.text().equals(token.text().toLowerCase(Locale.ROOT))
            && !NOT_COLUMNS.contains(token.text()));
  }

  /**
   * Every column named, wherever it stands: names that are not followed by a parenthesis and are no
   * type.
   */
  private static Set<Column> columns(List<Token> tokens) {
    Set<Column> columns = new LinkedHashSet<>();
    int i = 0;
    while (i < tokens.size()) {
      Token token = tokens.get(i);
      if (token.is("::")) {
        i = endOfType(tokens, i + 1);
      } else if (isPlanReference(tokens, i)) {
        i += 6;
      } else if (token.is("EXTRACT") && i + 2 < tokens.size()) {
        // EXTRACT(year FROM x): the field is no column.
        i += 3;
      } else if (token.isName() && isColumnName(token)) {
        int end = i + 1;
        while (end + 1 < tokens.size() && tokens.get(end).is(".") && tokens.get(end + 1).isName()) {
          end += 2;
        }
        boolean function = end < tokens.size() && tokens.get(end).is("(");
        if (!function) {
          columns.add(
              end - i == 3
                  ? new Column(token.text(), tokens.get(i + 2).text())
                  : new Column(null, tokens.get(end - 1).text()));
        }
        i = end;
      } else {
        i++;
      }
    }
    return columns;
  }

  /** {@code (InitPlan 1).col1}, printed since PostgreSQL 17: a value computed before the scan. */
  private static boolean isPlanReference(List<Token> tokens, int at) {
    return at + 5 < tokens.size()
        && tokens.get(at).is("(")
        && (tokens.get(at + 1).isKeyword("InitPlan") || tokens.get(at + 1).isKeyword("SubPlan"))
        && tokens.get(at + 3).is(")")
        && tokens.get(at + 4).is(".");
  }

  private static int lastTopLevelCast(List<Token> tokens) {
    int depth = 0;
    int last = -1;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (TokenLists.opens(token)) {
        depth++;
      } else if (TokenLists.closes(token)) {
        depth--;
      } else if (depth == 0 && token.is("::")) {
        last = i;
      }
    }
    return last;
  }

  private static String type(List<Token> tokens) {
    StringBuilder type = new StringBuilder();
    for (Token token : tokens) {
      if (!type.isEmpty() && token.isName()) {
        type.append(' ');
      }
      type.append(token.text());
    }
    return type.toString();
  }

  private static final Set<String> TYPE_WORDS =
      Set.of("varying", "precision", "without", "with", "time", "zone");

  private static int endOfType(List<Token> tokens, int start) {
    int i = start + 1;
    while (i < tokens.size()) {
      Token token = tokens.get(i);
      if (token.is(".") || (token.kind() == Token.Kind.WORD && TYPE_WORDS.contains(token.text()))) {
        i += token.is(".") ? 2 : 1;
      } else if (token.is("(") || token.is("[")) {
        i = TokenLists.closing(tokens, i) + 1;
      } else {
        break;
      }
    }
    return i;
  }
}
