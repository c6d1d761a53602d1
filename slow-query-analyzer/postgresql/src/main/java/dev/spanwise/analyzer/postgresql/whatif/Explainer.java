package dev.spanwise.analyzer.postgresql.whatif;

import dev.spanwise.analyzer.advice.ExecutedStatement;
import dev.spanwise.analyzer.advice.WhatIfException;
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
 * Plans a statement, and never runs it: <a
 * href="https://www.postgresql.org/docs/current/sql-explain.html">EXPLAIN</a> without ANALYZE.
 * (Planning itself calls the immutable functions of a statement whose arguments are constants.)
 * Works inside the open transaction and leaves nothing behind, in the transaction or the session.
 */
final class Explainer {

  private static final String PREPARED = "spanwise_what_if";
  private static final String OPTIONS = "VERBOSE, FORMAT JSON";

  private final Connection connection;
  private final SingleStatement single;

  Explainer(Connection connection) {
    this.connection = connection;
    this.single = new SingleStatement(connection);
  }

  Plan explain(ExecutedStatement statement) throws WhatIfException, SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      return read(output(statement));
    } catch (SQLException e) {
      throw new WhatIfException("the statement cannot be planned: " + ServerRefusal.reason(e));
    } finally {
      connection.rollback(before);
      connection.releaseSavepoint(before);
      deallocate();
    }
  }

  private static Plan read(@Nullable String output) throws WhatIfException {
    try {
      return PlanReader.read(output == null ? "" : output);
    } catch (PlanFormatException e) {
      throw new WhatIfException(
          "the statement has not exactly one plan: " + e.place() + ": " + e.getMessage());
    }
  }

  private @Nullable String output(ExecutedStatement statement)
      throws WhatIfException, SQLException {
    List<@Nullable String> parameters = statement.parameters();
    String sql = statement.sql();
    if (parameters != null && parameters.isEmpty()) {
      return single.run("EXPLAIN (" + OPTIONS + ") " + sql);
    }
    // Without types: the server infers them as it does for a driver that sends none.
    single.run("PREPARE " + PREPARED + " AS " + sql);
    if (parameters == null) {
      // Option GENERIC_PLAN of PostgreSQL 16 would do it in one, but only by the simple protocol.
      set("plan_cache_mode", "force_generic_plan");
      return execute(Collections.nCopies(parameterCount(), "NULL"));
    }
    set("plan_cache_mode", "force_custom_plan");
    PGConnection driver = connection.unwrap(PGConnection.class);
    List<String> literals = new ArrayList<>();
    for (String parameter : parameters) {
      literals.add(parameter == null ? "NULL" : "'" + driver.escapeLiteral(parameter) + "'");
    }
    return execute(literals);
  }

  private @Nullable String execute(List<String> arguments) throws WhatIfException, SQLException {
    String list =
        arguments.isEmpty() ? "" : arguments.stream().collect(Collectors.joining(", ", "(", ")"));
    return single.run("EXPLAIN (" + OPTIONS + ") EXECUTE " + PREPARED + list);
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
