package dev.spanwise.analyzer.corpus;

import dev.spanwise.analyzer.postgresql.server.TestServer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** A real server, its log, and the databases of the cases. */
final class CorpusServer {

  private static final String LOG = "corpus";

  private final TestServer server;
  private final int majorVersion;
  private final String version;
  private final Path log;

  private CorpusServer(TestServer server, int majorVersion, String version, Path log) {
    this.server = server;
    this.majorVersion = majorVersion;
    this.version = version;
    this.log = log;
  }

  /**
   * Takes a server over, with its log in one of the formats that servers in the field write.
   *
   * @param destination {@code stderr} or {@code jsonlog}
   */
  static CorpusServer of(TestServer server, String destination) throws SQLException {
    try (Connection connection = server.connect()) {
      TestServer.run(
          connection,
          "ALTER SYSTEM SET log_filename = '" + LOG + ".log'",
          "ALTER SYSTEM SET log_rotation_size = 0",
          "ALTER SYSTEM SET log_rotation_age = 0",
          "ALTER SYSTEM SET log_destination = '" + destination + "'",
          "ALTER SYSTEM SET log_line_prefix = '%m [%p] %q%u@%d '",
          "SELECT pg_reload_conf()");
      String suffix = destination.equals("jsonlog") ? ".json" : ".log";
      Path log = Path.of(TestServer.one(connection, "SHOW log_directory"), LOG + suffix);
      TestServer.await(() -> Files.exists(log));
      String version = TestServer.one(connection, "SHOW server_version").split(" ", 2)[0];
      return new CorpusServer(server, Integer.parseInt(version.split("\\.", 2)[0]), version, log);
    }
  }

  int majorVersion() {
    return majorVersion;
  }

  String version() {
    return version;
  }

  Connection connect(String database) throws SQLException {
    return connect(database, Map.of(), Map.of());
  }

  /**
   * Connects to a database.
   *
   * @param driver properties of the driver
   * @param settings settings of the server for this session
   */
  Connection connect(String database, Map<String, String> driver, Map<String, String> settings)
      throws SQLException {
    return DriverManager.getConnection(server.url(database), properties(driver, settings));
  }

  String url(String database) {
    return server.url(database);
  }

  static Properties properties(Map<String, String> driver, Map<String, String> settings) {
    Properties properties = new Properties();
    properties.putAll(driver);
    if (!settings.isEmpty()) {
      properties.setProperty("options", options(settings));
    }
    return properties;
  }

  /** Runs statements one after the other, each in a transaction of its own. */
  void run(String database, List<String> statements) throws SQLException {
    try (Connection connection = connect(database)) {
      TestServer.run(connection, statements.toArray(String[]::new));
    }
  }

  /** Copies a database file by file: no page of the copy is in the server's buffers. */
  void copy(String template, String database) throws SQLException {
    run(
        "postgres",
        List.of("CREATE DATABASE " + database + " TEMPLATE " + template + " STRATEGY file_copy"));
  }

  void drop(String database) throws SQLException {
    run("postgres", List.of("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)"));
  }

  /** Where the log ends. */
  long logEnd() throws IOException {
    return Files.size(log);
  }

  /** What was logged since {@code start}, up to now. */
  byte[] logSince(long start) throws SQLException {
    String end = TestServer.unique("the end of case ");
    run("postgres", List.of("DO $$ BEGIN RAISE LOG '" + end + "'; END $$"));
    byte[][] logged = new byte[1][];
    TestServer.await(
        () -> {
          logged[0] = bytesFrom(start);
          return new String(logged[0], StandardCharsets.UTF_8).contains(end);
        });
    return logged[0];
  }

  private byte[] bytesFrom(long start) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      byte[] bytes = new byte[Math.toIntExact(file.length() - start)];
      file.seek(start);
      file.readFully(bytes);
      return bytes;
    }
  }

  private static String options(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(each -> "-c " + each.getKey() + "=" + each.getValue().replace(" ", "\\ "))
        .collect(Collectors.joining(" "));
  }
}
