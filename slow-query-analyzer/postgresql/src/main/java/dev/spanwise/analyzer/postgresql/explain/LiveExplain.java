package dev.spanwise.analyzer.postgresql.explain;

import dev.spanwise.analyzer.advice.ExecutedStatement;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.StatementPlanner;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Plans statements on a live server: each in a read-only transaction of its own that is rolled
 * back, and that gives up where the server is slow to plan or a table is locked. Nothing is run,
 * but by {@link #analyze}.
 *
 * <p>A normalised statement is planned generically, as a server plans a prepared one whose values
 * it does not look at: by PREPARE with {@code plan_cache_mode = force_generic_plan} and NULLs. For
 * one thread; the connection is left open and as it was.
 */
public final class LiveExplain implements StatementPlanner {

  /** A typed literal, which takes no parameter: {@code interval $1} means {@code $1::interval}. */
  private static final Pattern TYPED_LITERAL =
      Pattern.compile(
          "\\b((?:date|interval|time|timetz|timestamp|timestamptz)(?: with(?:out)? time zone)?) (\\$\\d+)");

  private static final String CUT = "…";

  /** Commands that PostgreSQL executes without a plan. */
  private static final Set<String> UTILITIES =
      Set.of(
          ("abort alter analyze begin call checkpoint close cluster comment commit copy create "
                  + "deallocate declare discard do drop end execute explain fetch grant import "
                  + "listen lock move notify prepare reassign refresh reindex release reset revoke "
                  + "rollback savepoint security set show start truncate unlisten vacuum")
              .split(" "));

  private final Connection connection;
  private final Duration statementTimeout;
  private final Duration lockTimeout;
  private final Explainer explainer;

  /**
   * Takes a connection of PostgreSQL's driver.
   *
   * @param connection not inside a transaction
   * @param statementTimeout how long planning, or running where that is asked for, may take
   * @param lockTimeout how long to wait for the lock on a table
   */
  public LiveExplain(Connection connection, Duration statementTimeout, Duration lockTimeout) {
    this.connection = connection;
    this.statementTimeout = statementTimeout;
    this.lockTimeout = lockTimeout;
    this.explainer = new Explainer(connection);
  }

  @Override
  public Answer plan(String text) {
    if (text.endsWith(CUT)) {
      return new Answer.Refused(Refusal.UNPARSEABLE, "its text is longer than what is kept of it");
    }
    String command = text.split("\\W", 2)[0];
    if (UTILITIES.contains(command)) {
      return new Answer.Refused(
          Refusal.UNEXPLAINABLE, command.toUpperCase(Locale.ROOT) + " has no plan");
    }
    String sql = TYPED_LITERAL.matcher(text).replaceAll("($2::$1)");
    try {
      return new Answer.Planned(plan(new ExecutedStatement(sql, null)));
    } catch (ExplainException e) {
      return new Answer.Refused(e.refusal(), String.valueOf(e.getMessage()));
    } catch (SQLException e) {
      return new Answer.Refused(Refusal.UNEXPLAINABLE, ServerRefusal.reason(e));
    }
  }

  /**
   * Plans a statement without running it.
   *
   * @throws ExplainException if it cannot be planned
   * @throws SQLException if the connection fails
   */
  public Plan plan(ExecutedStatement statement) throws ExplainException, SQLException {
    return inTransaction(() -> explainer.explain(statement));
  }

  /**
   * Runs a SELECT, and measures its plan. Only one that the server can be seen to read by: what
   * writes, locks rows or calls a volatile function is refused before it is run, and the
   * transaction is read-only besides. An operator whose function is volatile is not seen.
   *
   * @throws ExplainException if it is refused, or takes longer than it may
   * @throws SQLException if the connection fails
   */
  public Plan analyze(ExecutedStatement statement) throws ExplainException, SQLException {
    return inTransaction(
        () -> {
          ReadOnlySelect.check(connection, explainer, statement);
          return explainer.run(statement);
        });
  }

  private interface Explaining {
    Plan plan() throws ExplainException, SQLException;
  }

  private Plan inTransaction(Explaining explaining) throws ExplainException, SQLException {
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET TRANSACTION READ ONLY");
        statement.execute("SET LOCAL statement_timeout = " + statementTimeout.toMillis());
        statement.execute("SET LOCAL lock_timeout = " + lockTimeout.toMillis());
      }
      return explaining.plan();
    } finally {
      connection.rollback();
      connection.setAutoCommit(autoCommit);
    }
  }
}
