package dev.spanwise.demo.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The read model of a trading application: accounts, instruments, positions, trades, a feed, and
 * two materialized views. The rows are made by the server, from fixed seeds: the same size gives
 * the same rows.
 *
 * <p>Every read has its index, but two: {@code trades.account_id}, and the order of {@code
 * activity}.
 */
public final class TradingReadModel {
  private static final Pattern STEP = Pattern.compile("(?m)^-- step: ");

  private TradingReadModel() {}

  /**
   * Fills an empty database, then vacuums and analyses it. Leaves no plans in the server's log.
   *
   * @throws SQLException if a statement fails; the database is as empty as it was, unless it was
   *     the vacuum
   */
  public static void load(DemoDatabase database, ReadModelSize size, LoadProgress progress)
      throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(database.jdbcUrl());
    List<LoadStep> steps = steps(size);
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          set auto_explain.log_min_duration = -1;
          set maintenance_work_mem = '128MB';
          set work_mem = '64MB'
          """);
      connection.setAutoCommit(false);
      for (int number = 1; number < steps.size(); number++) {
        run(number, steps, statement, progress);
      }
      connection.commit();
      connection.setAutoCommit(true);
      run(steps.size(), steps, statement, progress);
    }
  }

  private static void run(
      int number, List<LoadStep> steps, Statement statement, LoadProgress progress)
      throws SQLException {
    LoadStep step = steps.get(number - 1);
    progress.at(new LoadProgress.Step(number, steps.size(), step.name(), false, 0, Duration.ZERO));
    long start = System.nanoTime();
    long rows = step.run(statement);
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    progress.at(new LoadProgress.Step(number, steps.size(), step.name(), true, rows, elapsed));
  }

  private static List<LoadStep> steps(ReadModelSize size) {
    Stream<LoadStep> fill =
        STEP.splitAsStream(script())
            .skip(1)
            .map(
                text -> {
                  int end = text.indexOf('\n');
                  return new LoadStep(text.substring(0, end), withSize(text.substring(end), size));
                });
    return Stream.concat(fill, Stream.of(new LoadStep("statistics", "vacuum (analyze)"))).toList();
  }

  private static String withSize(String sql, ReadModelSize size) {
    return sql.replace(":positions_per_account", Integer.toString(size.positionsPerAccount()))
        .replace(":accounts", Integer.toString(size.accounts()))
        .replace(":instruments", Integer.toString(size.instruments()))
        .replace(":trades", Integer.toString(size.trades()))
        .replace(":activities", Integer.toString(size.activities()));
  }

  private static String script() {
    try (InputStream script = TradingReadModel.class.getResourceAsStream("read-model.sql")) {
      return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("read-model.sql cannot be read from the class path", e);
    }
  }
}
