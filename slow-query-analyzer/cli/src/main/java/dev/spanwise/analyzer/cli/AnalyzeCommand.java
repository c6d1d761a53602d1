package dev.spanwise.analyzer.cli;

import dev.spanwise.analyzer.analysis.Analysis;
import dev.spanwise.analyzer.execution.ServerEvent;
import dev.spanwise.analyzer.ingest.SpanFileReader;
import dev.spanwise.analyzer.input.Rejection;
import dev.spanwise.analyzer.input.Rejections;
import dev.spanwise.analyzer.link.Links;
import dev.spanwise.analyzer.link.PlanLinker;
import dev.spanwise.analyzer.postgresql.log.ServerLogOptions;
import dev.spanwise.analyzer.postgresql.log.ServerLogReader;
import dev.spanwise.analyzer.report.ReportAssembler;
import dev.spanwise.analyzer.workload.Workload;
import dev.spanwise.analyzer.workload.WorkloadBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "analyze",
    description = "Reads spans and server logs from files, and reports why which queries are slow.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: spanwise analyze --spans traces.json.gz --postgres-log postgresql.log --format html --output report.html"
    })
final class AnalyzeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--spans",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description = "OTLP spans as protobuf or JSON, plain or gzip; - for standard input.")
  private List<String> spans = List.of();

  @Option(
      names = "--postgres-log",
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "PostgreSQL's log with auto_explain's plans, in stderr format, csvlog or jsonlog, plain or gzip.")
  private List<String> logs = List.of();

  @Option(
      names = "--slower-than",
      paramLabel = "DURATION",
      defaultValue = "100ms",
      description = "From which duration on a database span is slow (default: ${DEFAULT-VALUE}).")
  private Duration slowerThan = Duration.ZERO;

  @Option(
      names = "--explain",
      description =
          "Asks the --database for the plans of slow statements of which the logs hold none: by EXPLAIN, which executes nothing, in read-only transactions.")
  private boolean explain;

  @Mixin private LogOptions log;
  @Mixin private DatabaseOptions database;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() {
    WrongCommandLine.refuseOptions(spans);
    WrongCommandLine.refuseOptions(logs);
    ServerLogOptions logOptions = log.options();
    if (database.url() == null && explain) {
      throw CommandFailure.wrongInput("--explain needs a --database to ask");
    }
    output.check();
    InputFiles.check(Stream.concat(spans.stream(), logs.stream()).toList());
    Rejections rejections = new Rejections();
    Workload workload = readSpans(rejections);
    Set<String> foreign = new LinkedHashSet<>();
    Links links = readLogs(workload, logOptions, rejections, foreign);
    List<String> notes = notes(links, foreign, rejections);
    notes.forEach(note -> spec.commandLine().getErr().println("spanwise: " + note));
    Analysis analysis =
        database.with(
            explain,
            known ->
                Analysis.of(
                    workload,
                    links,
                    known.withNotes(notes),
                    rejections,
                    new ReportAssembler(Clock.systemUTC().instant(), Version.current())));
    int code = output.write(analysis.report(), spec.commandLine().getOut());
    return foreign.isEmpty() ? code : ExitCode.WRONG_INPUT;
  }

  private Workload readSpans(Rejections rejections) {
    WorkloadBuilder builder = new WorkloadBuilder(slowerThan);
    AtomicLong count = new AtomicLong();
    SpanFileReader reader =
        new SpanFileReader(
            span -> {
              count.incrementAndGet();
              builder.add(span);
            },
            rejections);
    Progress.during(
        () -> "spans read: " + count,
        () ->
            spans.forEach(
                file -> readEach(file, rejections, in -> reader.read(in, InputFiles.name(file)))));
    if (count.get() == 0) {
      throw CommandFailure.wrongInput(
          "no span could be read from "
              + String.join(", ", spans)
              + reason(rejections, spans.stream().map(InputFiles::name).toList()));
    }
    builder.groupAllTraces();
    return builder.build();
  }

  /**
   * Reads the logs.
   *
   * @param foreign gets the names of those that are none of a PostgreSQL server
   */
  private Links readLogs(
      Workload workload, ServerLogOptions options, Rejections rejections, Set<String> foreign) {
    if (logs.isEmpty()) {
      return Links.withoutLog(workload);
    }
    PlanLinker linker = new PlanLinker(workload);
    AtomicLong count = new AtomicLong();
    Consumer<ServerEvent> events =
        event -> {
          count.incrementAndGet();
          linker.offer(event);
        };
    Progress.during(
        () -> "entries of server logs read: " + count,
        () ->
            logs.forEach(
                file ->
                    readEach(
                        file,
                        rejections,
                        in -> {
                          String name = InputFiles.name(file);
                          if (!ServerLogReader.read(in, name, options, events, rejections)) {
                            foreign.add(name);
                          }
                        })));
    return linker.links();
  }

  private List<String> notes(Links links, Set<String> foreign, Rejections rejections) {
    List<String> notes = new ArrayList<>();
    foreign.forEach(
        name ->
            notes.add(
                "no entry of PostgreSQL's log could be read from "
                    + name
                    + reason(rejections, Set.of(name))));
    String withoutPlan =
        logs.stream()
            .map(InputFiles::name)
            .filter(name -> !foreign.contains(name))
            .collect(Collectors.joining(", "));
    if (!withoutPlan.isEmpty() && links.plans() == 0) {
      notes.add(
          "no plan was found in "
              + withoutPlan
              + ": looked for auto_explain's entries (duration: … ms  plan:)");
    }
    Stream.ofNullable(links.apart()).forEach(notes::add);
    return notes;
  }

  private interface Reading {
    void read(InputStream in) throws IOException;
  }

  /** Reads one input; where it fails midway, that is said and the others are read. */
  private static void readEach(String file, Rejections rejections, Reading reading) {
    try (InputStream in = InputFiles.open(file)) {
      reading.read(in);
    } catch (IOException e) {
      rejections.accept(
          new Rejection(InputFiles.name(file), "file", "cannot be read: " + FileProblem.of(e)));
    }
  }

  private static String reason(Rejections rejections, Collection<String> sources) {
    return rejections.first().stream()
        .filter(rejection -> sources.contains(rejection.source()))
        .findFirst()
        .map(first -> ": " + first.place() + ": " + first.reason())
        .orElse(": there is none in it");
  }
}
