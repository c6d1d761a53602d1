package dev.spanwise.demo.database;

import dev.spanwise.demo.server.EmbeddedServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * PostgreSQL 18 on the loopback interface, set up as a production server that is watched: <a
 * href="https://www.postgresql.org/docs/18/auto-explain.html">auto_explain</a> logs the executed
 * plan of every statement of 10 ms and more as JSON, with the query identifier, the time and the
 * process id of the backend.
 *
 * <p>Safe for use by several threads.
 */
public final class DemoDatabase implements AutoCloseable {
  /** The server logs the plans of statements that take as long, and no others. */
  public static final Duration PLANS_LOGGED_FROM = Duration.ofMillis(10);

  private static final String LOG_DIRECTORY = "log";
  private static final String LOG_FILE = "postgresql.log";

  private final EmbeddedServer server;
  private final Path logFile;

  private DemoDatabase(EmbeddedServer server, Path logFile) {
    this.server = server;
    this.logFile = logFile;
  }

  /**
   * Starts a new, empty server on a free port.
   *
   * @param workDirectory where the server keeps its data until it is closed, and its log for good;
   *     made if it is not there
   * @throws IOException if the directory cannot be written, already holds a database or a log, or
   *     the server does not start
   */
  public static DemoDatabase start(Path workDirectory) throws IOException {
    Path data = workDirectory.resolve("data");
    Path logFile = workDirectory.resolve(LOG_DIRECTORY).resolve(LOG_FILE);
    for (Path taken : new Path[] {data, logFile}) {
      if (Files.exists(taken)) {
        throw new IOException(taken + " is there already: the demo database starts empty");
      }
    }
    Files.createDirectories(data);
    EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
    watch(builder);
    makeRepeatable(builder);
    return new DemoDatabase(EmbeddedServer.start(builder, data, workDirectory), logFile);
  }

  private static void watch(EmbeddedPostgres.Builder builder) {
    builder
        .setServerConfig("logging_collector", "on")
        // Seen from the data directory: an absolute path may hold spaces, which pg_ctl splits.
        .setServerConfig("log_directory", "../" + LOG_DIRECTORY)
        .setServerConfig("log_filename", LOG_FILE)
        .setServerConfig("log_rotation_age", "0")
        .setServerConfig("log_rotation_size", "0")
        .setServerConfig("log_timezone", "UTC")
        .setServerConfig("compute_query_id", "on")
        .setServerConfig("track_io_timing", "on")
        .setServerConfig("session_preload_libraries", "auto_explain")
        .setServerConfig("auto_explain.log_min_duration", PLANS_LOGGED_FROM.toMillis() + "ms")
        .setServerConfig("auto_explain.log_format", "json")
        .setServerConfig("auto_explain.log_analyze", "on")
        .setServerConfig("auto_explain.log_timing", "on")
        .setServerConfig("auto_explain.log_buffers", "on")
        .setServerConfig("auto_explain.log_verbose", "on")
        .setServerConfig("auto_explain.log_settings", "on")
        .setServerConfig("auto_explain.log_nested_statements", "on");
  }

  private static void makeRepeatable(EmbeddedPostgres.Builder builder) {
    builder
        .setServerConfig("shared_buffers", "256MB")
        .setServerConfig("random_page_cost", "1.1")
        // The loader vacuums and analyses once; nothing changes plans behind a run's back.
        .setServerConfig("autovacuum", "off")
        // What a load writes into tables of its own transaction need not be logged.
        .setServerConfig("wal_level", "minimal")
        .setServerConfig("max_wal_senders", "0")
        .setServerConfig("full_page_writes", "off")
        .setServerConfig("max_wal_size", "4GB")
        // With "off", VACUUM right after a load would mark no page as all-visible. fsync is off.
        .setServerConfig("synchronous_commit", "on");
  }

  /** The URL for PostgreSQL's JDBC driver, with the user name and the password in it. */
  public String jdbcUrl() {
    return server.jdbcUrl();
  }

  /** The port of the loopback interface that it listens on. */
  public int port() {
    return server.port();
  }

  /** The server's log: text lines that begin with the time (UTC) and the process id. */
  public Path logFile() {
    return logFile;
  }

  /** Stops the server at once and deletes its data; the log stays. */
  @Override
  public void close() throws IOException {
    server.close();
  }
}
