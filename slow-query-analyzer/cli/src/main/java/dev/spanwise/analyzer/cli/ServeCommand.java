package dev.spanwise.analyzer.cli;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.ingest.OtlpReceiver;
import dev.spanwise.analyzer.postgresql.catalogue.CatalogueReader;
import dev.spanwise.analyzer.postgresql.connection.DatabaseUnreachableException;
import dev.spanwise.analyzer.postgresql.connection.DatabaseUrl;
import dev.spanwise.analyzer.postgresql.log.LogFollower;
import dev.spanwise.analyzer.postgresql.log.ServerLogOptions;
import dev.spanwise.analyzer.server.LiveAnalysis;
import dev.spanwise.analyzer.server.ReportServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "serve",
    description =
        "Receives spans, follows server logs, and shows the diagnosis of the last quarter to half an hour: at / as a page, at /metrics for Prometheus. Listens on the loopback interface only.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: spanwise serve --postgres-log /var/log/postgresql/postgresql-17-main.log --database postgresql://spanwise@localhost/trading"
    })
final class ServeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      defaultValue = "8317",
      paramLabel = "PORT",
      description =
          "Port of the page and the metrics (default: ${DEFAULT-VALUE}; 0 for any free one).")
  private int port;

  @Option(
      names = "--otlp-grpc-port",
      defaultValue = "4317",
      paramLabel = "PORT",
      description = "Port for OTLP over gRPC (default: ${DEFAULT-VALUE}; 0 for any free one).")
  private int grpcPort;

  @Option(
      names = "--otlp-http-port",
      defaultValue = "4318",
      paramLabel = "PORT",
      description = "Port for OTLP over HTTP (default: ${DEFAULT-VALUE}; 0 for any free one).")
  private int httpPort;

  @Option(
      names = "--postgres-log",
      arity = "1..*",
      paramLabel = "PATH",
      description = "PostgreSQL's log to follow from its end, or the directory that it rotates in.")
  private List<Path> logs = List.of();

  @Option(
      names = "--slower-than",
      paramLabel = "DURATION",
      defaultValue = "100ms",
      description = "From which duration on a database span is slow (default: ${DEFAULT-VALUE}).")
  private Duration slowerThan = Duration.ZERO;

  @Option(
      names = "--report-every",
      paramLabel = "DURATION",
      defaultValue = "15s",
      description =
          "How often the diagnosis is made anew, a second at least (default: ${DEFAULT-VALUE}).")
  private Duration reportEvery = LiveAnalysis.EVERY;

  @Option(
      names = "--database",
      paramLabel = "URL",
      description = {
        "PostgreSQL whose catalogue is read for each report:",
        "postgresql://user@host/db or jdbc:postgresql:… ."
      })
  private @Nullable String database;

  @Mixin private LogOptions log;

  @Override
  public Integer call() {
    WrongCommandLine.refuseOptions(logs);
    ServerLogOptions logOptions = log.options();
    if (reportEvery.compareTo(Duration.ofSeconds(1)) < 0) {
      throw CommandFailure.wrongInput("--report-every is shorter than a second");
    }
    DatabaseUrl url = database == null ? null : DatabaseOptions.parse(database);
    List<ListenPort> ports =
        List.of(
            new ListenPort("--port", port),
            new ListenPort("--otlp-grpc-port", grpcPort),
            new ListenPort("--otlp-http-port", httpPort));
    ListenPort.check(ports);
    List<AutoCloseable> open = new ArrayList<>();
    CountDownLatch stopped = new CountDownLatch(1);
    Thread hook = new Thread(() -> closeAll(open, stopped), "spanwise-stop");
    LiveAnalysis analysis =
        new LiveAnalysis(slowerThan, () -> catalogue(url), Clock.systemUTC(), Version.current());
    open.add(analysis);
    try {
      OtlpReceiver receiver =
          OtlpReceiver.builder(analysis::span, analysis::rejected)
              .grpcPort(grpcPort)
              .httpPort(httpPort)
              .start();
      open.add(receiver);
      for (Path path : logs) {
        if (!Files.isReadable(path)) {
          String state = Files.exists(path) ? "permission denied" : "it is not there";
          spec.commandLine().getErr().println("spanwise: waiting for " + path + ": " + state);
        }
        LogFollower follower =
            LogFollower.start(
                path, LogFollower.From.END, logOptions, analysis::event, analysis::rejected);
        open.add(follower);
        analysis.follows(follower::waiting);
      }
      ReportServer server = ReportServer.start(port, analysis);
      open.add(server);
      analysis.start(reportEvery);
      Runtime.getRuntime().addShutdownHook(hook);
      say(server, receiver);
    } catch (RuntimeException e) {
      closeAll(open, stopped);
      Throwable cause = root(e);
      if (cause instanceof IOException) {
        throw CommandFailure.wrongInput(
            "one of " + ports + " cannot be had: " + cause.getMessage());
      }
      throw e;
    }
    awaitStop(open, stopped, hook);
    return ExitCode.DONE;
  }

  /** Waits for the signal that ends the process, or for an interrupt of this thread. */
  private static void awaitStop(List<AutoCloseable> open, CountDownLatch stopped, Thread hook) {
    try {
      stopped.await();
    } catch (InterruptedException stop) {
      if (removed(hook)) {
        closeAll(open, stopped);
      }
      Thread.currentThread().interrupt();
    }
  }

  /** False where the process ends already: then the hook stops everything. */
  private static boolean removed(Thread hook) {
    try {
      return Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      return false;
    }
  }

  private void say(ReportServer server, OtlpReceiver receiver) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("report   " + server.uri());
    out.println("metrics  " + server.uri().resolve("metrics"));
    out.println("spans    OTLP/gRPC on 127.0.0.1:" + receiver.grpcPort());
    out.println("         OTLP/HTTP on 127.0.0.1:" + receiver.httpPort() + "/v1/traces");
    out.println("Stop with Ctrl-C.");
    out.flush();
  }

  private static @Nullable Catalogue catalogue(@Nullable DatabaseUrl url) {
    if (url == null) {
      return null;
    }
    try (Connection connection = url.open()) {
      return CatalogueReader.read(connection);
    } catch (DatabaseUnreachableException | SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static void closeAll(List<AutoCloseable> open, CountDownLatch stopped) {
    for (int i = open.size() - 1; i >= 0; i--) {
      try {
        open.get(i).close();
      } catch (Exception e) {
        System.err.println("spanwise: while stopping: " + e);
      }
    }
    stopped.countDown();
  }
}
