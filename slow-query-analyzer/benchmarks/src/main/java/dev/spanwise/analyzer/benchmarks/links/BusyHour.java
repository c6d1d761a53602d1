package dev.spanwise.analyzer.benchmarks.links;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;

/**
 * Records what a busy hour asks of a real server, as fast as the machine goes, which leaves less
 * time between the calls than an hour would: eight connections, each call beginning when the one
 * before has ended. Each statement carries its number in a comment, so that the log tells which
 * execution is whose; what links spans never sees it.
 */
final class BusyHour {

  private static final int CONNECTIONS = 8;

  /** Executions that take less are not logged, as on any server that is not for a benchmark. */
  private static final Duration PLANS_LOGGED_FROM = Duration.ofMillis(1);

  private static final Duration LOG_DELAY = Duration.ofSeconds(2);

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final Path directory;

  BusyHour(Path directory) {
    this.directory = directory;
  }

  Path log() {
    return directory.resolve("postgresql.log");
  }

  Path calls() {
    return directory.resolve("calls.tsv");
  }

  /** Runs the statements, and leaves the log and the calls in the directory. */
  void record(int statements)
      throws IOException, SQLException, InterruptedException, ExecutionException {
    Files.createDirectories(directory);
    Path data = directory.resolve("data");
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(true)
            .setServerConfig("logging_collector", "on")
            .setServerConfig("log_directory", "..")
            .setServerConfig("log_filename", "postgresql.log")
            .setServerConfig("log_timezone", "UTC")
            .setServerConfig("log_rotation_age", "0")
            .setServerConfig("log_rotation_size", "0")
            .setServerConfig("session_preload_libraries", "auto_explain")
            .setServerConfig("auto_explain.log_min_duration", PLANS_LOGGED_FROM.toMillis() + "ms")
            .setServerConfig("auto_explain.log_format", "json")
            .setServerConfig("auto_explain.log_analyze", "on")
            .setServerConfig("auto_explain.log_timing", "off")
            .start()) {
      String url = server.getJdbcUrl("postgres", "postgres");
      load(url);
      run(url, statements);
      Thread.sleep(LOG_DELAY.toMillis());
    }
  }

  private static void load(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("SET auto_explain.log_min_duration = -1");
      statement.execute(
          "CREATE TABLE accounts AS SELECT id, (id * 17 % 1000)::numeric AS balance, now() - id * interval '1 hour' AS opened FROM generate_series(1, "
              + Shape.Busy.ACCOUNTS
              + ") id");
      statement.execute("ALTER TABLE accounts ADD PRIMARY KEY (id)");
      statement.execute(
          "CREATE TABLE trades AS SELECT id, 1 + (id::bigint * 7919 % "
              + Shape.Busy.ACCOUNTS
              + ")::int AS account_id, 'S' || id % 300 AS symbol, (id % 1009)::numeric AS price, now() - id * interval '1 second' AS executed FROM generate_series(1, "
              + Shape.Busy.TRADES
              + ") id");
      statement.execute("CREATE INDEX ON trades (account_id, executed)");
      statement.execute("VACUUM ANALYZE");
    }
  }

  private void run(String url, int statements)
      throws IOException, InterruptedException, ExecutionException {
    ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS);
    Clock clock = new Clock();
    List<Future<List<Call>>> results = new ArrayList<>();
    for (int client = 0; client < CONNECTIONS; client++) {
      int number = client;
      results.add(clients.submit(() -> client(url, number, statements / CONNECTIONS, clock)));
    }
    try (BufferedWriter out = Files.newBufferedWriter(calls())) {
      for (Future<List<Call>> result : results) {
        for (Call call : result.get()) {
          out.write(call.line());
          out.newLine();
        }
      }
    } finally {
      clients.shutdown();
      clients.awaitTermination(1, TimeUnit.MINUTES);
    }
  }

  private static List<Call> client(String url, int number, int statements, Clock clock)
      throws SQLException {
    Random random = new Random(number);
    List<Call> calls = new ArrayList<>(statements);
    try (Connection connection = DriverManager.getConnection(url)) {
      int pid = connection.unwrap(PGConnection.class).getBackendPID();
      for (int i = 0; i < statements; i++) {
        Shape shape = Shape.next(random);
        long id = 1L + number + (long) i * CONNECTIONS;
        try (PreparedStatement statement =
            connection.prepareStatement("/* call " + id + " */ " + shape.sql())) {
          shape.bind(statement, random);
          long start = clock.nanos();
          read(statement);
          calls.add(new Call(id, pid, shape, start, clock.nanos()));
        }
      }
    }
    return calls;
  }

  private static void read(PreparedStatement statement) throws SQLException {
    if (statement.execute()) {
      try (ResultSet rows = statement.getResultSet()) {
        while (rows.next()) {
          rows.getString(1);
        }
      }
    }
  }

  /** As OpenTelemetry's: the time of day at the start, and from there on without steps. */
  private static final class Clock {
    private final long offset;

    Clock() {
      Instant now = Instant.now();
      offset = now.getEpochSecond() * NANOS_PER_SECOND + now.getNano() - System.nanoTime();
    }

    long nanos() {
      return offset + System.nanoTime();
    }
  }
}
