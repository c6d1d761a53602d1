package dev.spanwise.analyzer.cli;

import dev.spanwise.analyzer.advice.ExecutedStatement;
import dev.spanwise.analyzer.advice.WhatIfPlanner;
import dev.spanwise.analyzer.analysis.Analysis;
import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.postgresql.catalogue.CatalogueReader;
import dev.spanwise.analyzer.postgresql.connection.DatabaseUnreachableException;
import dev.spanwise.analyzer.postgresql.connection.DatabaseUrl;
import dev.spanwise.analyzer.postgresql.connection.DatabaseUrlException;
import dev.spanwise.analyzer.postgresql.explain.ExplainException;
import dev.spanwise.analyzer.postgresql.explain.LiveExplain;
import dev.spanwise.analyzer.postgresql.explain.ServerRefusal;
import dev.spanwise.analyzer.postgresql.whatif.ExecutedWhatIf;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The database, where one is named. */
final class DatabaseOptions {

  private static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(5);
  private static final Duration EXPLAIN_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);

  /** How advice is proved. */
  enum WhatIfMethod {
    NONE,
    EXECUTED
  }

  @Option(
      names = "--database",
      paramLabel = "URL",
      description = {
        "PostgreSQL whose catalogue is read:",
        "postgresql://user@host/db or jdbc:postgresql:… .",
        "The password may come from PGPASSWORD or .pgpass."
      })
  private @Nullable String url;

  @Option(
      names = "--what-if",
      paramLabel = "METHOD",
      defaultValue = "NONE",
      description =
          "How advice is proved: none, or executed, which builds each index in a transaction that is rolled back. That locks its table: name a disposable database only.")
  private WhatIfMethod whatIf = WhatIfMethod.NONE;

  /** Whether advice is to be proved by running it. */
  boolean proves() {
    return whatIf != WhatIfMethod.NONE;
  }

  @Nullable DatabaseUrl url() {
    if (url == null) {
      if (whatIf != WhatIfMethod.NONE) {
        throw CommandFailure.wrongInput(
            "--what-if executed needs a --database to build indexes in");
      }
      return null;
    }
    return parse(url);
  }

  static DatabaseUrl parse(String url) {
    try {
      return DatabaseUrl.parse(url);
    } catch (DatabaseUrlException e) {
      throw CommandFailure.wrongInput("--database: " + e.getMessage());
    }
  }

  /** Runs {@code analysis} with what is known of the database; without one, with nothing. */
  Analysis with(Function<Analysis.Database, Analysis> analysis) {
    return with(false, analysis);
  }

  /**
   * As {@link #with(Function)}.
   *
   * @param explain whether the database is asked for the plans of statements
   */
  Analysis with(boolean explain, Function<Analysis.Database, Analysis> analysis) {
    DatabaseUrl database = url();
    if (database == null) {
      return analysis.apply(Analysis.Database.NONE);
    }
    try (Connection connection = database.open()) {
      Catalogue catalogue = CatalogueReader.read(connection);
      LiveExplain statements = explain ? live(connection) : null;
      if (whatIf == WhatIfMethod.NONE) {
        return analysis.apply(known(catalogue, null, statements));
      }
      try (ExecutedWhatIf planner =
          new ExecutedWhatIf(connection, STATEMENT_TIMEOUT, LOCK_TIMEOUT)) {
        return analysis.apply(known(catalogue, planner, statements));
      }
    } catch (DatabaseUnreachableException e) {
      throw new CommandFailure(ExitCode.UNREACHABLE, String.valueOf(e.getMessage()));
    } catch (SQLException e) {
      throw new CommandFailure(
          ExitCode.UNREACHABLE,
          "reading the catalogue of " + database + " failed: " + e.getMessage());
    }
  }

  /**
   * The plan of one statement.
   *
   * @param execute whether it is executed to measure its plan
   */
  Plan explain(ExecutedStatement statement, boolean execute) {
    DatabaseUrl database = url();
    if (database == null) {
      throw CommandFailure.wrongInput("without the output of EXPLAIN, --sql needs a --database");
    }
    try (Connection connection = database.open()) {
      LiveExplain live = live(connection);
      return execute ? live.analyze(statement) : live.plan(statement);
    } catch (ExplainException e) {
      throw CommandFailure.wrongInput("--sql: " + e.getMessage());
    } catch (DatabaseUnreachableException e) {
      throw new CommandFailure(ExitCode.UNREACHABLE, String.valueOf(e.getMessage()));
    } catch (SQLException e) {
      throw new CommandFailure(
          ExitCode.UNREACHABLE, "EXPLAIN on " + database + " failed: " + ServerRefusal.reason(e));
    }
  }

  private static LiveExplain live(Connection connection) {
    return new LiveExplain(connection, EXPLAIN_TIMEOUT, LOCK_TIMEOUT);
  }

  private static Analysis.Database known(
      Catalogue catalogue, @Nullable WhatIfPlanner planner, @Nullable LiveExplain statements) {
    Analysis.Database known = new Analysis.Database(catalogue, planner);
    return statements == null ? known : known.asked(statements);
  }
}
