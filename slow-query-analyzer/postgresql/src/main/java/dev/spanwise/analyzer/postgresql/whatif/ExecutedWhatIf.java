package dev.spanwise.analyzer.postgresql.whatif;

import dev.spanwise.analyzer.advice.ExecutedStatement;
import dev.spanwise.analyzer.advice.IndexCandidate;
import dev.spanwise.analyzer.advice.WhatIf;
import dev.spanwise.analyzer.advice.WhatIfException;
import dev.spanwise.analyzer.advice.WhatIfPlanner;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.postgresql.explain.ExplainException;
import dev.spanwise.analyzer.postgresql.explain.Explainer;
import dev.spanwise.analyzer.postgresql.explain.ServerRefusal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Really builds the candidate, in a transaction that is rolled back, and asks the planner before
 * and after. Exact, and meant for a copy of the database: from the first question about a candidate
 * until the first about another, {@link #release} or {@link #close}, the table is locked against
 * writes (SHARE), and each further question about the same candidate locks it against everything
 * (ACCESS EXCLUSIVE, by DROP INDEX) until that one is answered. In return the index is built once
 * for any number of statements.
 *
 * <p>CREATE INDEX overwrites {@code relpages} and {@code reltuples} of its table in place; they are
 * put back, for the second plan and after the rollback. A connection that breaks in between leaves
 * them overwritten with the table's true size. Where the role may not put them back the question is
 * refused: before PostgreSQL 18 that needs a superuser.
 *
 * <p>The statement is planned and never run. For one thread; the connection is this planner's until
 * {@link #close}, which leaves it open and as it was.
 */
public final class ExecutedWhatIf implements WhatIfPlanner {

  private static final Logger LOG = LoggerFactory.getLogger(ExecutedWhatIf.class);

  private final Connection connection;
  private final boolean autoCommit;
  private final int serverVersion;
  private final Duration statementTimeout;
  private final Duration lockTimeout;
  private final Explainer explainer;
  private @Nullable BuiltCandidate built;

  /**
   * Takes a connection of PostgreSQL's driver.
   *
   * @param connection not inside a transaction
   * @param statementTimeout how long building an index or planning may take
   * @param lockTimeout how long to wait for the lock on a table
   * @throws SQLException if the connection fails
   */
  public ExecutedWhatIf(Connection connection, Duration statementTimeout, Duration lockTimeout)
      throws SQLException {
    this.connection = connection;
    this.statementTimeout = statementTimeout;
    this.lockTimeout = lockTimeout;
    this.autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT pg_catalog.current_setting('server_version_num')::int")) {
      row.next();
      this.serverVersion = row.getInt(1);
    }
    connection.rollback();
    this.explainer = new Explainer(connection);
  }

  @Override
  public Method method() {
    return Method.EXECUTED;
  }

  @Override
  public WhatIf plan(ExecutedStatement statement, IndexCandidate candidate) throws WhatIfException {
    try {
      BuiltCandidate index = built;
      Plan before;
      if (index != null && index.isOf(candidate)) {
        before = index.without(() -> explain(statement));
      } else {
        begin();
        before = explain(statement);
        index = BuiltCandidate.prepare(connection, serverVersion, candidate);
        built = index;
        index.build();
      }
      Plan after = explain(statement);
      return new WhatIf(before, after, index.isUsedBy(after), index.bytes());
    } catch (SQLException e) {
      releaseAfter(e);
      throw new WhatIfException("the index cannot be tried: " + ServerRefusal.reason(e));
    }
  }

  private Plan explain(ExecutedStatement statement) throws WhatIfException, SQLException {
    try {
      return explainer.explain(statement);
    } catch (ExplainException e) {
      throw new WhatIfException(String.valueOf(e.getMessage()), e);
    }
  }

  private void begin() throws SQLException {
    release();
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL statement_timeout = " + statementTimeout.toMillis());
      statement.execute("SET LOCAL lock_timeout = " + lockTimeout.toMillis());
    }
  }

  /**
   * Rolls back, so that the table's locks are free. The planner can be asked on.
   *
   * @throws SQLException if the connection fails or the table's statistics cannot be put back
   */
  public void release() throws SQLException {
    BuiltCandidate index = built;
    built = null;
    connection.rollback();
    if (index != null) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET LOCAL lock_timeout = " + lockTimeout.toMillis());
      }
      index.restoreStatistics();
      connection.commit();
    }
  }

  private void releaseAfter(SQLException failure) {
    try {
      release();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public void close() {
    BuiltCandidate index = built;
    try {
      release();
      connection.setAutoCommit(autoCommit);
    } catch (SQLException e) {
      LOG.warn(
          "closing a what-if: {}; relpages and reltuples of {} may be those that CREATE INDEX wrote",
          ServerRefusal.reason(e),
          index == null ? "no table" : index.tableName());
    }
  }
}
