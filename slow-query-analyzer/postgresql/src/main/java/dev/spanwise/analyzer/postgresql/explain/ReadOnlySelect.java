package dev.spanwise.analyzer.postgresql.explain;

import dev.spanwise.analyzer.advice.ExecutedStatement;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.instrumentation.fingerprint.Statement;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether running a statement does nothing but read, by its text and by its plan: a view's text is
 * in the plan alone, and a row of VALUES in the text alone.
 */
final class ReadOnlySelect {

  private static final Pattern SELECT = Pattern.compile("[(\\s]*(select|with|values|table)\\b.*");
  private static final Pattern INTO = Pattern.compile("\\binto\\b");

  /** A name before a parenthesis, in quotes or not; JSON puts a backslash before a quote. */
  private static final Pattern CALL =
      Pattern.compile("(?:\\\\?\"([^\"\\\\]+)\\\\?\"|([\\p{L}_][\\p{L}\\p{N}_$]*))\\s*\\(");

  /** Names that {@link #CALL} would read wrong. */
  private static final Pattern UNUSUAL_NAME =
      Pattern.compile("\\w(?:\"\"|\\\\\"\\\\\")|U&\\\\?\"", Pattern.CASE_INSENSITIVE);

  private static final String VOLATILE =
      """
      SELECT DISTINCT p.proname FROM pg_catalog.pg_proc p
      WHERE p.provolatile = 'v' AND p.proname::text = ANY (?)
      ORDER BY p.proname
      """;

  private ReadOnlySelect() {}

  static void check(Connection connection, Explainer explainer, ExecutedStatement statement)
      throws ExplainException, SQLException {
    if (statement.parameters() == null) {
      throw new ExplainException(
          "the values of its parameters are not known: run with others, it would show another plan");
    }
    String text = Statement.of(statement.sql()).text();
    if (!SELECT.matcher(text).matches() || INTO.matcher(text).find()) {
      throw new ExplainException("only a SELECT that writes nothing is run");
    }
    String printed = explainer.printed(statement);
    Plan plan = Explainer.read(printed);
    if (plan.nodes()
        .anyMatch(
            node -> node.type() == NodeType.MODIFY_TABLE || node.type() == NodeType.LOCK_ROWS)) {
      throw new ExplainException("only a SELECT is run that neither writes nor locks rows");
    }
    if (UNUSUAL_NAME.matcher(statement.sql()).find() || UNUSUAL_NAME.matcher(printed).find()) {
      throw new ExplainException("a name in it holds a quote or is spelt by code points");
    }
    Set<String> called = new TreeSet<>();
    called.addAll(calls(statement.sql()));
    called.addAll(calls(printed));
    Set<String> changing = volatileOnes(connection, called);
    if (!changing.isEmpty()) {
      throw new ExplainException(
          "it calls " + String.join(", ", changing) + ", which may do more than read");
    }
  }

  private static Set<String> calls(String text) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = CALL.matcher(text);
    while (matcher.find()) {
      names.add(
          matcher.group(1) == null ? matcher.group(2).toLowerCase(Locale.ROOT) : matcher.group(1));
    }
    return names;
  }

  /** Those of the names that some function has that is volatile, in whatever schema. */
  private static Set<String> volatileOnes(Connection connection, Set<String> names)
      throws SQLException {
    Set<String> found = new TreeSet<>();
    Array array = connection.createArrayOf("text", names.toArray());
    try (PreparedStatement query = connection.prepareStatement(VOLATILE)) {
      query.setArray(1, array);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          found.add(row.getString(1));
        }
      }
    } finally {
      array.free();
    }
    return found;
  }
}
