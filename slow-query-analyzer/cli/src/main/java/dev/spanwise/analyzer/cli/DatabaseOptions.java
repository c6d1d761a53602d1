package dev.spanwise.analyzer.cli;

import dev.spanwise.analyzer.analysis.Analysis;
import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.postgresql.catalogue.CatalogueReader;
import dev.spanwise.analyzer.postgresql.connection.DatabaseUnreachableException;
import dev.spanwise.analyzer.postgresql.connection.DatabaseUrl;
import dev.spanwise.analyzer.postgresql.connection.DatabaseUrlException;
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
    DatabaseUrl database = url();
    if (database == null) {
      return analysis.apply(Analysis.Database.NONE);
    }
    try (Connection connection = database.open()) {
      Catalogue catalogue = CatalogueReader.read(connection);
      if (whatIf == WhatIfMethod.NONE) {
        return analysis.apply(new Analysis.Database(catalogue, null));
      }
      try (ExecutedWhatIf planner =
          new ExecutedWhatIf(connection, STATEMENT_TIMEOUT, LOCK_TIMEOUT)) {
        return analysis.apply(new Analysis.Database(catalogue, planner));
      }
    } catch (DatabaseUnreachableException e) {
      throw new CommandFailure(ExitCode.UNREACHABLE, String.valueOf(e.getMessage()));
    } catch (SQLException e) {
      throw new CommandFailure(
          ExitCode.UNREACHABLE,
          "reading the catalogue of " + database + " failed: " + e.getMessage());
    }
  }
}
