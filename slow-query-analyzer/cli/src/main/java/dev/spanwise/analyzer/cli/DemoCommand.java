package dev.spanwise.analyzer.cli;

import dev.spanwise.analyzer.analysis.Analysis;
import dev.spanwise.analyzer.report.Report;
import dev.spanwise.analyzer.report.ReportFormat;
import dev.spanwise.demo.server.InstalledServers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    description = {
      "Shows all of it on one machine: starts an embedded PostgreSQL 18 with a trading read model,"
          + " puts load on a read API, diagnoses it from its own traces, follows the advice and"
          + " measures again. Takes two to three minutes."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: spanwise demo --output-directory demo-report"})
final class DemoCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--no-apply",
      description = "Leave the advice unapplied: no index is built and nothing is measured again.")
  private boolean noApply;

  @Option(
      names = "--keep",
      description = "Leave the database and the read API running at the end, until Ctrl-C.")
  private boolean keep;

  @Option(
      names = "--install",
      description =
          "Install the servers that the demo finds missing, from Debian's packages (apt-get, as"
              + " root or by sudo), after saying so. They stay installed, and where systemd runs"
              + " Debian starts them as services, now and at each boot; the demo says how to end"
              + " that. Without it, and where it fails, the parts that want them are left out.")
  private boolean install;

  @Option(
      names = "--slower-than",
      paramLabel = "DURATION",
      defaultValue = "50ms",
      description = "From which duration on a database span is slow (default: ${DEFAULT-VALUE}).")
  private Duration slowerThan = Duration.ZERO;

  @Option(
      names = "--output-directory",
      paramLabel = "DIRECTORY",
      defaultValue = "spanwise-report",
      description = "Where the reports go (default: ${DEFAULT-VALUE}).")
  private Path directory = Path.of("spanwise-report");

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    makeDirectory(directory);
    try (StopSignal stop = StopSignal.await(spec.commandLine().getErr())) {
      try {
        demonstrate(stop);
      } catch (IOException | SQLException | InterruptedException | RuntimeException e) {
        if (!stop.received()) {
          throw e;
        }
      }
    }
    return ExitCode.DONE;
  }

  private void demonstrate(StopSignal stop) throws IOException, SQLException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    DemoSummary summary = new DemoSummary(out, Ansi.AUTO.enabled());
    DemoSteps steps = new DemoSteps(spec.commandLine().getErr());
    InstalledServers servers = servers(steps);
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try (DemoSession session = DemoSession.start(temporary, slowerThan, steps)) {
      stop.closes(session);
      session.load();
      session.startTrading(servers);
      DemoSession.Observation before = session.observe(false, "before");
      Analysis analysis = session.analyze(before, true);
      summary.findings(analysis.report());
      Report report = analysis.report();
      if (!noApply) {
        DemoFix fix = session.apply(analysis);
        DemoSession.Observation after = session.observe(fix.batchedPortfolio(), "after");
        Report again = session.analyze(after, false).report();
        report =
            report.withComparison(
                DemoSummary.comparison(
                    fix.changes(), before.latencies(), after.latencies(), again));
        summary.comparison(report);
      }
      session.summarizeTrading(out);
      writeReports(report, out);
      if (keep) {
        session.keep(out);
        new CountDownLatch(1).await();
      }
    }
  }

  private InstalledServers servers(DemoSteps steps) throws InterruptedException {
    InstalledServers found = InstalledServers.find();
    if (install && !found.missing().isEmpty()) {
      install(found.missing(), steps);
      found = InstalledServers.find();
    }
    Set<InstalledServers.Kind> missing = found.missing();
    missing.forEach(
        kind -> steps.warn("left out for want of " + kind.program() + ": " + kind.parts()));
    if (!missing.isEmpty()) {
      steps.warn("to have them: " + ServerInstallation.toType(missing) + " (or --install)");
    }
    return found;
  }

  private static void install(Set<InstalledServers.Kind> missing, DemoSteps steps)
      throws InterruptedException {
    ServerInstallation installation =
        ServerInstallation.of(missing, System.getProperty("user.name", "").equals("root"));
    steps.warn("running " + installation);
    steps.warn(ServerInstallation.services(missing));
    steps.begin("Installing the missing servers");
    try {
      installation.run();
      steps.done("");
    } catch (IOException e) {
      steps.done("failed");
      steps.warn(String.valueOf(e.getMessage()));
    }
  }

  private void writeReports(Report report, PrintWriter out) {
    out.println();
    for (ReportFormat format :
        List.of(ReportFormat.HTML, ReportFormat.JSON, ReportFormat.MARKDOWN)) {
      Path file = directory.resolve("report." + format.fileExtension());
      OutputOptions.writeFile(file, format.render(report));
      out.println("Report: " + file.toAbsolutePath());
    }
    out.flush();
  }

  private static void makeDirectory(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw CommandFailure.wrongInput(directory + " cannot be made: " + FileProblem.of(e));
    }
  }
}
