package dev.spanwise.analyzer.postgresql.explain;

import dev.spanwise.analyzer.advice.ExecutedStatement;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanFormatException;
import dev.spanwise.analyzer.plan.PlanReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Plans a statement by <a
 * href="https://www.postgresql.org/docs/current/sql-explain.html">EXPLAIN</a>, for others than this
 * package never with ANALYZE. (Planning itself calls the immutable functions of a statement whose
 * arguments are constants.) Works inside the open transaction and leaves nothing behind, in the
 * transaction or the session. For one thread.
 */
public final class Explainer {

  private static final String PREPARED = "explained_statement";
  private static final String PLANNED = "VERBOSE, FORMAT JSON";
  private static final String EXECUTED = "ANALYZE, BUFFERS, VERBOSE, SETTINGS, FORMAT JSON";

  private final Connection connection;
  private final SingleStatement single;

  /** Takes a connection of PostgreSQL's driver, with a transaction open whenever it is used. */
  public Explainer(Connection connection) {
    this.connection = connection;
    this.single = new SingleStatement(connection);
  }

  /**
   * Plans a statement.
   *
   * @throws ExplainException if it has not exactly one plan
   * @throws SQLException if the connection fails
   */
  public Plan explain(ExecutedStatement statement) throws ExplainException, SQLException {
    return read(output(statement, PLANNED));
  }

  /** The plan of a statement as the server prints it. */
  String printed(ExecutedStatement statement) throws ExplainException, SQLException {
    return output(statement, PLANNED);
  }

  /** Runs a statement, and measures its plan. */
  Plan run(ExecutedStatement statement) throws ExplainException, SQLException {
    return read(output(statement, EXECUTED));
  }

  private String output(ExecutedStatement statement, String options)
      throws ExplainException, SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      String output = explained(statement, options);
      return output == null ? "" : output;
    } catch (SQLException e) {
      throw new ExplainException(
          ServerRefusal.refusal(e), "the statement cannot be planned: " + ServerRefusal.reason(e));
    } finally {
      connection.rollback(before);
      connection.releaseSavepoint(before);
      deallocate();
    }
  }

  static Plan read(String output) throws ExplainException {
    try {
      return PlanReader.read(output);
    } catch (PlanFormatException e) {
      throw new ExplainException(
          "the statement has not exactly one plan: " + e.place() + ": " + e.getMessage());
    }
  }

  private @Nullable String explained(ExecutedStatement statement, String options)
      throws ExplainException, SQLException {
    List<@Nullable String> parameters = statement.parameters();
    String sql = statement.sql();
    if (parameters != null && parameters.isEmpty()) {
      return single.run("EXPLAIN (" + options + ") " + sql);
    }
    // Without types: the server infers them as it does for a driver that sends none.
    single.run("PREPARE " + PREPARED + " AS " + sql);
    if (parameters == null) {
      // Option GENERIC_PLAN of PostgreSQL 16 prints the same plan, but only by the simple protocol,
      // in which a text from outside could bring a second statement.
      set("plan_cache_mode", "force_generic_plan");
      return execute(options, Collections.nCopies(parameterCount(), "NULL"));
    }
    set("plan_cache_mode", "force_custom_plan");
    PGConnection driver = connection.unwrap(PGConnection.class);
    List<String> literals = new ArrayList<>();
    for (String parameter : parameters) {
      literals.add(parameter == null ? "NULL" : "'" + driver.escapeLiteral(parameter) + "'");
    }
    return execute(options, literals);
  }

  private @Nullable String execute(String options, List<String> arguments)
      throws ExplainException, SQLException {
    String list =
        arguments.isEmpty() ? "" : arguments.stream().collect(Collectors.joining(", ", "(", ")"));
    return single.run("EXPLAIN (" + options + ") EXECUTE " + PREPARED + list);
  }

  private void set(String name, String value) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL " + name + " = " + value);
    }
  }

  private int parameterCount() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT pg_catalog.cardinality(parameter_types)"
                    + " FROM pg_catalog.pg_prepared_statements WHERE name = '"
                    + PREPARED
                    + "'")) {
      return result.next() ? result.getInt(1) : 0;
    }
  }

  /** A prepared statement outlives the savepoint and the transaction. */
  private void deallocate() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT FROM pg_catalog.pg_prepared_statements WHERE name = '" + PREPARED + "'")) {
      if (result.next()) {
        statement.execute("DEALLOCATE " + PREPARED);
      }
    }
  }
}
