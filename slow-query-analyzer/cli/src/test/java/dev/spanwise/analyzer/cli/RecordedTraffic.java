package dev.spanwise.analyzer.cli;

import com.google.protobuf.Message;
import dev.spanwise.demo.api.ReadApi;
import dev.spanwise.demo.api.ReadApiSettings;
import dev.spanwise.demo.database.DemoDatabase;
import dev.spanwise.demo.database.ReadModelSize;
import dev.spanwise.demo.database.TradingReadModel;
import dev.spanwise.demo.telemetry.Metrics;
import dev.spanwise.demo.workload.Workload;
import dev.spanwise.demo.workload.WorkloadSettings;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The demo's read API under load on a real server, once for all tests of this JVM: its spans as the
 * SDK exported them, and the server's log in both forms.
 */
final class RecordedTraffic {

  /** Rows enough for the rules, few enough to load in seconds. */
  private static final ReadModelSize SIZE = new ReadModelSize(500, 300, 100, 300_000, 300_000);

  private static final WorkloadSettings LOAD =
      new WorkloadSettings(7, 500, 2, Duration.ofMillis(500), 60, Duration.ofSeconds(30));

  /** The logging process writes what a backend logged within this time. */
  private static final Duration LOG_DELAY = Duration.ofSeconds(1);

  private static @Nullable RecordedTraffic recorded;

  private final DemoDatabase database;
  private final Path directory;

  private RecordedTraffic(DemoDatabase database, Path directory) {
    this.database = database;
    this.directory = directory;
  }

  static synchronized RecordedTraffic get() {
    if (recorded == null) {
      try {
        recorded = record();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (SQLException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return recorded;
  }

  private static RecordedTraffic record() throws IOException, SQLException, InterruptedException {
    Path directory = Files.createTempDirectory("spanwise-cli-test");
    DemoDatabase database = DemoDatabase.start(directory.resolve("server"));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(database)));
    RecordedTraffic traffic = new RecordedTraffic(database, directory);
    TradingReadModel.load(database, SIZE, step -> {});
    traffic.execute("ALTER SYSTEM SET log_destination = 'stderr, jsonlog'");
    traffic.execute("SELECT pg_reload_conf()");
    Thread.sleep(LOG_DELAY.toMillis());
    try (SpanCapture capture = new SpanCapture();
        ReadApi api =
            ReadApi.start(
                new ReadApiSettings(
                    database.jdbcUrl(), capture.uri(), false, null, new Metrics()))) {
      Workload.run(api.uri(), LOAD, answered -> {});
      api.flush();
      ExportTraceServiceRequest spans = capture.take();
      Files.write(traffic.protobuf(), spans.toByteArray());
      Files.writeString(traffic.json(), OtlpJson.of((Message) spans) + "\n");
      Files.write(traffic.gzip(), compressed(Files.readAllBytes(traffic.protobuf())));
    }
    Thread.sleep(LOG_DELAY.toMillis());
    Path server = database.logFile();
    // Until the logging process has opened its file, jsonlog's first lines go to the other one.
    Files.write(
        traffic.log(),
        Files.readAllLines(server).stream().filter(line -> !line.startsWith("{")).toList());
    Files.copy(server.resolveSibling("postgresql.json"), traffic.jsonLog());
    return traffic;
  }

  private static void close(DemoDatabase database) {
    try {
      database.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] compressed(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of all rows, a line each. */
  String query(String sql, String... settings) throws SQLException {
    StringBuilder text = new StringBuilder();
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      // EXPLAIN (ANALYZE) would be logged too, for nothing.
      statement.execute("SET auto_explain.log_min_duration = -1");
      for (String setting : settings) {
        statement.execute(setting);
      }
      try (var result = statement.executeQuery(sql)) {
        while (result.next()) {
          text.append(result.getString(1)).append('\n');
        }
      }
    }
    return text.toString();
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl());
  }

  /** Waits until the server's log holds {@code text}. */
  String serverLogWith(String text) throws IOException, InterruptedException {
    for (int i = 0; i < 100; i++) {
      String log = Files.readString(serverLog(), StandardCharsets.UTF_8);
      if (log.contains(text)) {
        Thread.sleep(200);
        return Files.readString(serverLog(), StandardCharsets.UTF_8);
      }
      Thread.sleep(100);
    }
    throw new AssertionError("the server's log lacks " + text);
  }

  String jdbcUrl() {
    return database.jdbcUrl();
  }

  /** The log that the server writes on. */
  Path serverLog() {
    return database.logFile();
  }

  Path log() {
    return directory.resolve("postgresql.log");
  }

  Path jsonLog() {
    return directory.resolve("postgresql.json");
  }

  Path protobuf() {
    return directory.resolve("spans.pb");
  }

  Path json() {
    return directory.resolve("spans.jsonl");
  }

  Path gzip() {
    return directory.resolve("spans.pb.gz");
  }
}
