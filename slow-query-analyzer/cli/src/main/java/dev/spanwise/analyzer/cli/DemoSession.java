package dev.spanwise.analyzer.cli;

import dev.spanwise.analyzer.analysis.Analysis;
import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.ingest.OtlpReceiver;
import dev.spanwise.analyzer.input.Rejections;
import dev.spanwise.analyzer.link.Links;
import dev.spanwise.analyzer.link.PlanLinker;
import dev.spanwise.analyzer.postgresql.catalogue.CatalogueReader;
import dev.spanwise.analyzer.postgresql.log.ServerLogOptions;
import dev.spanwise.analyzer.postgresql.log.ServerLogReader;
import dev.spanwise.analyzer.postgresql.whatif.ExecutedWhatIf;
import dev.spanwise.analyzer.report.ReportAssembler;
import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.workload.Workload;
import dev.spanwise.analyzer.workload.WorkloadBuilder;
import dev.spanwise.demo.api.Read;
import dev.spanwise.demo.api.ReadApi;
import dev.spanwise.demo.api.ReadApiSettings;
import dev.spanwise.demo.database.DemoDatabase;
import dev.spanwise.demo.database.ReadModelSize;
import dev.spanwise.demo.database.TradingReadModel;
import dev.spanwise.demo.lifecycle.RunningParts;
import dev.spanwise.demo.server.InstalledServers;
import dev.spanwise.demo.stack.TradingStackSettings;
import dev.spanwise.demo.telemetry.Metrics;
import dev.spanwise.demo.telemetry.SpanCounts;
import dev.spanwise.demo.workload.LatencySummary;
import dev.spanwise.demo.workload.WorkloadResult;
import dev.spanwise.demo.workload.WorkloadSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The demo's servers, and what is done with them. Used by one thread; spans arrive on others. */
final class DemoSession implements AutoCloseable {

  private static final Duration BUILD_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);

  /** The server's logging process writes what a backend logged within this time. */
  private static final Duration LOG_DELAY = Duration.ofMillis(500);

  /** Its servers; what was started last ends first. */
  private final RunningParts parts;

  private final TemporaryDirectory work;
  private final Duration slowerThan;
  private final DemoSteps steps;
  private final DemoDatabase database;
  private final OtlpReceiver receiver;
  private final Rejections rejections = new Rejections();
  private final Metrics metrics = new Metrics();

  /** Guards {@link #spans}: closing waits for the last ones, so it cannot be this object's lock. */
  private final Object arriving = new Object();

  private WorkloadBuilder spans;
  private volatile @Nullable ReadApi api;
  private volatile @Nullable DemoTrading trading;
  private boolean closed;

  private DemoSession(
      RunningParts parts,
      TemporaryDirectory work,
      Duration slowerThan,
      DemoSteps steps,
      DemoDatabase database) {
    this.parts = parts;
    this.work = work;
    this.slowerThan = slowerThan;
    this.steps = steps;
    this.database = database;
    this.spans = new WorkloadBuilder(slowerThan);
    this.receiver =
        parts.keep(OtlpReceiver.builder(this::receive, rejections).grpcPort(0).httpPort(0).start());
  }

  /**
   * Starts the database and the receiver.
   *
   * @param parent of the session's own directory, which is gone when it is closed
   */
  static DemoSession start(Path parent, Duration slowerThan, DemoSteps steps) throws IOException {
    RunningParts parts = new RunningParts();
    TemporaryDirectory work = parts.keep(TemporaryDirectory.create(parent, "spanwise-demo"));
    steps.begin("Starting PostgreSQL 18 with auto_explain");
    try {
      DemoDatabase database = parts.keep(DemoDatabase.start(work.path()));
      steps.done("on port " + database.port());
      return new DemoSession(parts, work, slowerThan, steps, database);
    } catch (IOException | RuntimeException e) {
      CommandFailure failure =
          new CommandFailure(
              ExitCode.UNREACHABLE, "the embedded PostgreSQL did not start: " + e.getMessage());
      parts.endAfter(failure);
      throw failure;
    }
  }

  private void receive(Span span) {
    synchronized (arriving) {
      spans.add(span);
    }
  }

  void load() throws SQLException {
    steps.begin("Loading the trading read model");
    long[] rows = {0};
    TradingReadModel.load(
        database,
        ReadModelSize.DEMO,
        step -> {
          rows[0] += step.rows();
          steps.at((step.number() - (step.done() ? 0.0 : 1.0)) / step.count());
        });
    steps.done(String.format(Locale.ROOT, "%,d rows", rows[0]));
  }

  /**
   * Starts what writes the ledger and follows it, as far as there are servers. Closing waits for
   * it: its servers are not to outlive the directory.
   */
  synchronized void startTrading(InstalledServers servers) {
    requireOpen();
    steps.begin("Starting the trading writer and what follows it");
    DemoTrading started;
    try {
      started =
          DemoTrading.start(
              new TradingStackSettings(
                  servers,
                  work.path(),
                  database.jdbcUrl(),
                  ReadModelSize.DEMO.instruments(),
                  otlpEndpoint(),
                  metrics));
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.UNREACHABLE, "the trading writer's side did not start: " + e.getMessage());
    }
    trading = parts.keep(started);
    parts.keep(this::closeApi);
    steps.done(servers.missing().isEmpty() ? "all parts" : "what there are servers for");
  }

  private URI otlpEndpoint() {
    return URI.create("http://127.0.0.1:" + receiver.grpcPort());
  }

  /** Says what the writing side did. */
  void summarizeTrading(PrintWriter out) {
    Objects.requireNonNull(trading).summarize(out, Objects.requireNonNull(api).freshness(95));
  }

  /**
   * What a load showed.
   *
   * @param latencies as the clients measured them
   * @param workload as the spans tell
   * @param links of its slow spans
   */
  record Observation(Map<Read, LatencySummary> latencies, Workload workload, Links links) {}

  /** Runs the load against a fresh read API. */
  Observation observe(boolean batchedPortfolio, String when)
      throws InterruptedException, IOException {
    synchronized (arriving) {
      spans = new WorkloadBuilder(slowerThan);
    }
    DemoTrading writes = Objects.requireNonNull(trading);
    ReadApi started = restartApi(batchedPortfolio, writes.redisUrl());
    steps.begin("Load on the read API, " + when);
    WorkloadSettings settings = WorkloadSettings.DEMO;
    double requests = settings.requests();
    WorkloadResult result =
        writes.underLoad(
            () ->
                dev.spanwise.demo.workload.Workload.run(
                    started.uri(), settings, answered -> steps.at(answered / requests)));
    SpanCounts counts = started.flush().plus(writes.flush());
    Workload workload = workload();
    steps.done("%d spans received, %d dropped".formatted(workload.spans(), counts.dropped()));
    if (counts.dropped() > 0) {
      steps.warn(
          counts.dropped()
              + " spans were lost on the way: some calls may appear without their endpoint");
    }
    return new Observation(result.latencies(), workload, links(workload));
  }

  /** Not while the session is being closed: what starts then would be left behind. */
  private synchronized ReadApi restartApi(boolean batchedPortfolio, @Nullable String redisUrl) {
    requireOpen();
    closeApi();
    ReadApi started =
        ReadApi.start(
            new ReadApiSettings(
                database.jdbcUrl(), otlpEndpoint(), batchedPortfolio, redisUrl, metrics));
    api = started;
    return started;
  }

  private synchronized void closeApi() {
    ReadApi running = api;
    api = null;
    if (running != null) {
      running.close();
    }
  }

  private synchronized void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the demo was stopped");
    }
  }

  private Workload workload() {
    synchronized (arriving) {
      spans.groupAllTraces();
      return spans.build();
    }
  }

  private Links links(Workload workload) throws InterruptedException, IOException {
    Thread.sleep(LOG_DELAY.toMillis());
    PlanLinker linker = new PlanLinker(workload);
    try (InputStream log = Files.newInputStream(database.logFile())) {
      ServerLogReader.read(
          log, database.logFile().toString(), ServerLogOptions.DEFAULTS, linker::offer, rejections);
    }
    return linker.links();
  }

  /** Diagnoses what a load showed. */
  Analysis analyze(Observation observed, boolean prove) throws SQLException {
    steps.begin(prove ? "Diagnosing, and proving the advice" : "Diagnosing again");
    try (Connection connection = connect()) {
      Catalogue catalogue = CatalogueReader.read(connection);
      ReportAssembler assembler =
          new ReportAssembler(Clock.systemUTC().instant(), Version.current());
      try (ExecutedWhatIf planner = new ExecutedWhatIf(connection, BUILD_TIMEOUT, LOCK_TIMEOUT)) {
        Analysis analysis =
            Analysis.of(
                observed.workload(),
                observed.links(),
                new Analysis.Database(catalogue, prove ? planner : null),
                rejections,
                assembler);
        steps.done(DemoSteps.count(analysis.report().findings().size(), "finding"));
        return analysis;
      }
    }
  }

  /** Follows the advice. */
  DemoFix apply(Analysis analysis) throws SQLException {
    steps.begin("Applying the advice");
    try (Connection connection = connect()) {
      DemoFix fix = DemoFix.apply(analysis, connection);
      steps.done(DemoSteps.count(fix.changes().size(), "change"));
      return fix;
    }
  }

  /** Says how to reach what stays up. */
  void keep(PrintWriter out) {
    out.println();
    out.println("PostgreSQL: " + database.jdbcUrl());
    ReadApi running = api;
    if (running != null) {
      for (Read read : Read.values()) {
        out.println("Read API:   " + running.uri() + read.path(1));
      }
      out.println("Metrics:    " + running.uri() + "/metrics");
    }
    out.println("Stop both with Ctrl-C.");
    out.flush();
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl());
  }

  /** Stops each server, whether or not another one could be stopped, and deletes what they left. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      parts.close();
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          "stopping the demo left something behind, perhaps in %s: %s"
              .formatted(work.path(), e.getMessage()),
          e);
    }
  }
}
