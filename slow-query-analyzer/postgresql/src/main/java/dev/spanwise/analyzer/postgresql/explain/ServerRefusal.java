package dev.spanwise.analyzer.postgresql.explain;

import dev.spanwise.analyzer.plan.StatementPlanner.Refusal;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import org.postgresql.util.PSQLException;

/** Why a server refused, in words that quote no literal of the statement. Stateless. */
public final class ServerRefusal {

  /**
   * States whose messages name objects or types and nothing else: no feature, no schema, table,
   * column or function, no privilege. A function that raises an error can put any words under any
   * state, so a message that came from within one does not count.
   */
  private static final Set<String> NAMES_OBJECTS_ONLY =
      Set.of("0A000", "3F000", "42501", "42703", "42883", "42P01");

  /**
   * Classes of <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">states</a>.
   */
  private static final Map<String, String> CLASSES =
      Map.ofEntries(
          Map.entry("08", "connection exception"),
          Map.entry("0A", "feature not supported"),
          Map.entry("21", "cardinality violation"),
          Map.entry("23", "integrity constraint violation"),
          Map.entry("25", "invalid transaction state"),
          Map.entry("28", "invalid authorization"),
          Map.entry("3F", "invalid schema name"),
          Map.entry("40", "transaction rollback"),
          Map.entry("42", "syntax error or access rule violation"),
          Map.entry("44", "WITH CHECK OPTION violation"),
          Map.entry("53", "insufficient resources"),
          Map.entry("54", "program limit exceeded"),
          Map.entry("55", "object not in prerequisite state"),
          Map.entry("57", "operator intervention"),
          Map.entry("58", "system error"),
          Map.entry("P0", "error raised by a PL/pgSQL function"),
          Map.entry("XX", "internal error"));

  private ServerRefusal() {}

  /** The reason, with its SQLSTATE. */
  public static String reason(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return words(e, state) + " (SQLSTATE " + state + ")";
  }

  /** Whether the server could not even parse the text. */
  static Refusal refusal(SQLException e) {
    return "42601".equals(e.getSQLState()) ? Refusal.UNPARSEABLE : Refusal.UNEXPLAINABLE;
  }

  private static String words(SQLException e, String state) {
    if (state.startsWith("22")) {
      return "a parameter or literal does not fit its type";
    }
    return switch (state) {
      case "42601" -> "the server cannot parse it as one statement that can be planned";
      case "42P18" -> "the server cannot infer the type of a parameter";
      case "57014" -> "it took longer than the statement timeout";
      case "55P03" -> "a lock on the table was not free in time";
      default ->
          NAMES_OBJECTS_ONLY.contains(state) && !isRaisedWithin(e)
              ? firstLine(String.valueOf(e.getMessage()))
              : className(state);
    };
  }

  private static boolean isRaisedWithin(SQLException e) {
    return e instanceof PSQLException failure
        && failure.getServerErrorMessage() != null
        && failure.getServerErrorMessage().getWhere() != null;
  }

  private static String className(String state) {
    return CLASSES.getOrDefault(
        state.substring(0, Math.min(2, state.length())), "the server refused it");
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
