package dev.spanwise.analyzer.postgresql.whatif;

import java.sql.SQLException;

/** Why a server refused, in words that quote no literal of the statement. */
final class ServerRefusal {

  private ServerRefusal() {}

  /**
   * The server's message, except for the classes whose messages quote values: <a
   * href="https://www.postgresql.org/docs/current/errcodes-appendix.html">22 and syntax errors</a>.
   */
  static String reason(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    if (state.startsWith("22")) {
      return "a parameter or literal does not fit its type (SQLSTATE " + state + ")";
    }
    return switch (state) {
      case "42601" ->
          "the server cannot parse it as one statement that can be planned (SQLSTATE 42601)";
      case "42P18" -> "the server cannot infer the type of a parameter (SQLSTATE 42P18)";
      case "57014" -> "it took longer than the statement timeout (SQLSTATE 57014)";
      case "55P03" -> "a lock on the table was not free in time (SQLSTATE 55P03)";
      default -> firstLine(String.valueOf(e.getMessage())) + " (SQLSTATE " + state + ")";
    };
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
