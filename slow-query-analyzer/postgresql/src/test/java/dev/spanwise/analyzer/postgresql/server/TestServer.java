package dev.spanwise.analyzer.postgresql.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A server that all test classes of a run share; each test makes its own schema or database. */
public final class TestServer {

  private static final Map<String, String> SETTINGS =
      Map.of(
          "shared_preload_libraries", "auto_explain,pg_stat_statements",
          "logging_collector", "on",
          "log_timezone", "UTC",
          // On, for with it off CREATE INDEX of 18 leaves the table's statistics alone; but idle.
          "autovacuum_naptime", "1d",
          "fsync", "off",
          "full_page_writes", "off",
          "max_connections", "40");
  private static final Map<String, String> ENDINGS =
      Map.of("stderr", ".log", "csvlog", ".csv", "jsonlog", ".json");
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private static @Nullable TestServer embedded;
  private static @Nullable TestServer installed;

  private final int port;
  private final Path logs;

  private TestServer(int port, Path logs) {
    this.port = port;
    this.logs = logs;
  }

  /** Embedded PostgreSQL 18. */
  public static synchronized TestServer postgres18() {
    TestServer server = embedded;
    if (server == null) {
      try {
        Path logs = Files.createTempDirectory("spanwise-logs");
        makeWritable(logs);
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
        SETTINGS.forEach(builder::setServerConfig);
        builder.setServerConfig("log_directory", logs.toString());
        server = new TestServer(builder.start().getPort(), logs);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      embedded = server;
    }
    return server;
  }

  /** Debian's PostgreSQL 15; skips the test where it is not installed. */
  public static synchronized TestServer postgres15() {
    Path binaries = Path.of("/usr/lib/postgresql/15/bin");
    Assumptions.assumeTrue(
        Files.isExecutable(binaries.resolve("postgres")),
        "skipped: " + binaries + "/postgres is not installed");
    TestServer server = installed;
    if (server == null) {
      InstalledServer started = InstalledServer.start(binaries, SETTINGS);
      server = new TestServer(started.port(), started.logs());
      installed = server;
    }
    return server;
  }

  static void makeWritable(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  public int port() {
    return port;
  }

  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres";
  }

  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url("postgres"));
  }

  /** As a role that can log in and has no other right than those that {@code grants} give. */
  public Connection connectAs(String role) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=" + role);
  }

  /** A name that no other test uses. */
  public static String unique(String prefix) {
    return prefix + NUMBERS.incrementAndGet();
  }

  public static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  public static String one(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return String.valueOf(result.getString(1));
    }
  }

  /** Runs {@code queries} under auto_explain, and returns the log that holds them alone. */
  public Path log(String destination, String linePrefix, String format, String... queries)
      throws SQLException {
    return log(
        destination,
        linePrefix,
        connection -> {
          run(
              connection,
              "SET auto_explain.log_format = " + format,
              "SET auto_explain.log_analyze = on",
              "SET application_name = 'tests [7] %'");
          run(connection, "SET auto_explain.log_min_duration = 0");
          run(connection, queries);
          run(connection, "SET auto_explain.log_min_duration = -1");
        });
  }

  /** Work on a session of a superuser. */
  @FunctionalInterface
  public interface Work {
    void run(Connection connection) throws SQLException;
  }

  /** Does {@code work}, and returns the log that holds what the server logged meanwhile. */
  public Path log(String destination, String linePrefix, Work work) throws SQLException {
    String name = unique("case");
    try (Connection connection = connect()) {
      run(
          connection,
          "ALTER SYSTEM SET log_filename = '" + name + ".log'",
          "ALTER SYSTEM SET log_destination = '" + destination + "'",
          "ALTER SYSTEM SET log_line_prefix = '" + linePrefix + "'",
          "SELECT pg_reload_conf()");
      Path log = logs.resolve(name + ENDINGS.get(destination));
      await(() -> Files.exists(log));
      await(() -> one(connection, "SHOW log_line_prefix").equals(linePrefix));
      work.run(connection);
      run(connection, "DO $$ BEGIN RAISE LOG 'the end'; END $$");
      await(() -> Files.readString(log).contains("the end"));
      return log;
    }
  }

  /** What is waited for. */
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws SQLException, IOException;
  }

  public static void await(Condition condition) {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(15));
    try {
      while (!condition.holds()) {
        if (Instant.now().isAfter(deadline)) {
          throw new AssertionError("waited 15 seconds in vain");
        }
        Thread.sleep(20);
      }
    } catch (SQLException | IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
