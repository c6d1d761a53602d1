package dev.spanwise.analyzer.corpus;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.spanwise.analyzer.corpus.Traffic.Pool;
import dev.spanwise.analyzer.corpus.Traffic.Send;
import dev.spanwise.analyzer.corpus.Traffic.Step;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs the traffic of one case against its database. */
final class TrafficRun {

  /** What a server under watch records. Set by a superuser for each session, so set-up is not. */
  private static final Map<String, String> RECORDING =
      Map.ofEntries(
          Map.entry("auto_explain.log_min_duration", "1"),
          Map.entry("auto_explain.log_analyze", "on"),
          Map.entry("auto_explain.log_buffers", "on"),
          Map.entry("auto_explain.log_timing", "on"),
          Map.entry("auto_explain.log_triggers", "on"),
          Map.entry("auto_explain.log_settings", "on"),
          Map.entry("auto_explain.log_verbose", "on"),
          Map.entry("auto_explain.log_nested_statements", "on"),
          Map.entry("auto_explain.log_format", "json"),
          Map.entry("log_min_duration_statement", "1"),
          Map.entry("log_lock_waits", "on"),
          Map.entry("log_temp_files", "0"),
          Map.entry("track_io_timing", "on"));

  private final CorpusCase theCase;
  private final CorpusServer server;
  private final String database;
  private final Map<Step, AtomicInteger> executions = new LinkedHashMap<>();

  TrafficRun(CorpusCase theCase, CorpusServer server, String database) {
    this.theCase = theCase;
    this.server = server;
    this.database = database;
    theCase.traffic().steps().forEach(step -> executions.put(step, new AtomicInteger()));
  }

  /** Runs the reads of a request once, unrecorded. */
  void warm() throws SQLException {
    try (Sessions sessions = new Sessions(server, database, theCase.settings())) {
      Tracer silent = TracerProvider.noop().get("warm");
      try (TracedRequest request = new TracedRequest(silent, theCase)) {
        for (Step step : theCase.traffic().steps()) {
          AtomicInteger own = new AtomicInteger();
          for (int i = 0; step.reads() && i < step.times(); i++) {
            request.run(sessions.get(step.send()), step, own);
          }
        }
      }
    }
  }

  /** Runs and records all requests. */
  void record(Tracer tracer) throws SQLException, InterruptedException {
    Map<String, String> settings = new HashMap<>(RECORDING);
    settings.putAll(theCase.settings());
    Pool pool = theCase.traffic().pool();
    if (pool != null) {
      recordPooled(tracer, pool, settings);
      return;
    }
    try (Sessions sessions = new Sessions(server, database, settings)) {
      for (int i = 0; i < theCase.traffic().requests(); i++) {
        try (Blockers blocking = new Blockers(server, database, theCase.blockers());
            TracedRequest request = new TracedRequest(tracer, theCase)) {
          blocking.startClock();
          for (Step step : theCase.traffic().steps()) {
            repeat(request, sessions.get(step.send()), step);
          }
        }
      }
    }
  }

  private void recordPooled(Tracer tracer, Pool pool, Map<String, String> settings)
      throws SQLException, InterruptedException {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(server.url(database));
    config.setDataSourceProperties(
        CorpusServer.properties(Sessions.driver(Send.PREPARED), settings));
    config.setMaximumPoolSize(pool.connections());
    ExecutorService callers = Executors.newFixedThreadPool(pool.concurrency());
    try (HikariDataSource source = new HikariDataSource(config)) {
      fill(source, pool);
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < theCase.traffic().requests(); i++) {
        running.add(
            callers.submit(
                () -> {
                  pooledRequest(tracer, source, pool);
                  return null;
                }));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new SQLException("a request failed: " + e.getCause(), e);
    } finally {
      callers.shutdownNow();
    }
  }

  /** A pool that has just started makes its first callers wait for the server. */
  private static void fill(HikariDataSource source, Pool pool) throws SQLException {
    List<Connection> all = new ArrayList<>();
    for (int i = 0; i < pool.connections(); i++) {
      all.add(source.getConnection());
    }
    for (Connection connection : all) {
      connection.close();
    }
  }

  private void pooledRequest(Tracer tracer, HikariDataSource source, Pool pool)
      throws SQLException, InterruptedException {
    try (TracedRequest request = new TracedRequest(tracer, theCase);
        Connection connection = request.acquire(source::getConnection)) {
      for (Step step : theCase.traffic().steps()) {
        repeat(request, connection, step);
      }
      Thread.sleep(pool.hold().toMillis());
    }
  }

  private void repeat(TracedRequest request, Connection connection, Step step) throws SQLException {
    AtomicInteger counter = Objects.requireNonNull(executions.get(step));
    for (int i = 0; i < step.times(); i++) {
      request.run(connection, step, counter);
    }
  }
}
