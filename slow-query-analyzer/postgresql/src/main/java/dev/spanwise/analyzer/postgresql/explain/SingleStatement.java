package dev.spanwise.analyzer.postgresql.explain;

import dev.spanwise.analyzer.plan.StatementPlanner.Refusal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * Runs text that comes from outside as one statement or not at all. Two locks, for neither is
 * enough: the driver's own lexer must see one statement, or the driver would send each by itself;
 * and what it sends goes by the extended protocol, in which the server refuses a second one.
 */
final class SingleStatement {

  private static final Pattern COMMENTS =
      Pattern.compile("(?:\\s++|--[^\n]*+|/\\*.*?\\*/)*+", Pattern.DOTALL);

  private final Connection connection;

  SingleStatement(Connection connection) {
    this.connection = connection;
  }

  /**
   * Runs {@code sql}.
   *
   * @return the first column of the first row; null where there is none
   * @throws ExplainException if {@code sql} is not exactly one statement; nothing was run then
   */
  @Nullable String run(String sql) throws SQLException, ExplainException {
    String only = only(sql);
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      if (!statement.execute(only)) {
        return null;
      }
      try (ResultSet result = statement.getResultSet()) {
        return result.next() ? result.getString(1) : null;
      }
    }
  }

  private String only(String sql) throws SQLException, ExplainException {
    BaseConnection driver = connection.unwrap(BaseConnection.class);
    if (driver.getPreferQueryMode().compareTo(PreferQueryMode.EXTENDED) < 0) {
      throw new ExplainException(
          "the connection uses preferQueryMode="
              + driver.getPreferQueryMode().value()
              + ": a statement from outside is planned by the extended protocol only");
    }
    if (sql.indexOf('\0') >= 0) {
      throw new ExplainException("the statement holds a zero byte");
    }
    List<NativeQuery> statements =
        Parser.parseJdbcSql(sql, driver.getStandardConformingStrings(), false, true, false, false);
    // What is sent is the first alone, whatever a comment may turn out to be.
    for (NativeQuery further :
        statements.subList(Math.min(1, statements.size()), statements.size())) {
      if (!COMMENTS.matcher(further.nativeSql).matches()) {
        throw new ExplainException(
            Refusal.UNPARSEABLE, "the text holds several statements: each is planned by itself");
      }
    }
    if (statements.isEmpty()) {
      throw new ExplainException(Refusal.UNPARSEABLE, "the text holds no statement");
    }
    return statements.get(0).nativeSql;
  }
}
