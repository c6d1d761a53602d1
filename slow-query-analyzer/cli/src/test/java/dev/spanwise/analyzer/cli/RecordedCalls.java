package dev.spanwise.analyzer.cli;

import dev.spanwise.analyzer.link.Links;
import dev.spanwise.analyzer.link.PlanLinker;
import dev.spanwise.analyzer.postgresql.log.ServerLogOptions;
import dev.spanwise.analyzer.postgresql.log.ServerLogReader;
import dev.spanwise.analyzer.trace.DatabaseCall;
import dev.spanwise.analyzer.trace.DatabaseSystem;
import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.trace.SpanKind;
import dev.spanwise.analyzer.trace.SpanLinks;
import dev.spanwise.analyzer.trace.TraceId;
import dev.spanwise.analyzer.workload.WorkloadBuilder;
import dev.spanwise.demo.database.DemoDatabase;
import dev.spanwise.instrumentation.fingerprint.Statement;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.postgresql.PGConnection;

/** Calls on one connection, a span around each, and what the server logged meanwhile. */
final class RecordedCalls implements AutoCloseable {

  /** The logging process writes what a backend logged within this time. */
  private static final Duration LOG_DELAY = Duration.ofSeconds(1);

  private final Connection connection;
  private final Path log;
  private final long logBefore;
  private final WorkloadBuilder spans = new WorkloadBuilder(DemoDatabase.PLANS_LOGGED_FROM);
  private boolean withPid = true;

  private RecordedCalls(Connection connection, Path log) throws IOException {
    this.connection = connection;
    this.log = log;
    this.logBefore = Files.size(log);
  }

  static RecordedCalls of(DemoDatabase database) throws IOException, SQLException {
    return of(database.jdbcUrl(), database.logFile());
  }

  static RecordedCalls of(String jdbcUrl, Path log) throws IOException, SQLException {
    return new RecordedCalls(DriverManager.getConnection(jdbcUrl), log);
  }

  interface Execution {
    void run(PreparedStatement statement) throws SQLException;
  }

  Connection connection() {
    return connection;
  }

  RecordedCalls withoutPid() {
    withPid = false;
    return this;
  }

  void execute(String sql) throws SQLException {
    try (java.sql.Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  void call(long id, String sql, Execution execution) throws Exception {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      span(
          id,
          sql,
          () -> {
            execution.run(statement);
            return id;
          });
    }
  }

  <T> T span(long id, String sql, Callable<T> call) throws Exception {
    long start = now();
    T result = call.call();
    Integer pid = withPid ? (Integer) connection.unwrap(PGConnection.class).getBackendPID() : null;
    spans.add(
        new Span(
            new TraceId(3, id),
            id,
            0,
            "test",
            "call",
            SpanKind.CLIENT,
            start,
            now(),
            false,
            null,
            null,
            new DatabaseCall(DatabaseSystem.POSTGRESQL, Statement.of(sql), null, pid),
            null,
            SpanLinks.NONE));
    return result;
  }

  /** The links of the calls to what was logged since this was made. */
  Links links() throws IOException, InterruptedException {
    Thread.sleep(LOG_DELAY.toMillis());
    spans.groupAllTraces();
    PlanLinker linker = new PlanLinker(spans.build());
    try (InputStream in = Files.newInputStream(log)) {
      in.skipNBytes(logBefore);
      ServerLogReader.read(
          in,
          log.toString(),
          ServerLogOptions.DEFAULTS,
          linker::offer,
          rejection -> {
            throw new AssertionError(rejection);
          });
    }
    return linker.links();
  }

  private static long now() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
