package dev.spanwise.analyzer.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.spanwise.analyzer.analysis.Analysis;
import dev.spanwise.analyzer.execution.ServerEvent;
import dev.spanwise.analyzer.input.Rejections;
import dev.spanwise.analyzer.link.Links;
import dev.spanwise.analyzer.link.PlanLinker;
import dev.spanwise.analyzer.postgresql.log.ServerLogOptions;
import dev.spanwise.analyzer.postgresql.log.ServerLogReader;
import dev.spanwise.analyzer.report.ReportAssembler;
import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.workload.Workload;
import dev.spanwise.analyzer.workload.WorkloadBuilder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Reads, links and diagnoses a server's log, beside pgBadger on the same file.
 *
 * <p>{@code generate FILE [MB]} writes a log of a gigabyte, or as large as said, from recorded
 * entries. {@code read FILE} reads it, links its plans to the spans of the same statements, and
 * diagnoses them. {@code limit FILE} only finds its lines and the tokens of its plans. {@code
 * pgbadger FILE} runs pgBadger on it with two processes. {@code plan} diagnoses one plan of 200
 * nodes.
 *
 * <pre>
 * ./mvnw -q -pl slow-query-analyzer/benchmarks -am -DskipTests package
 * cd slow-query-analyzer/benchmarks/target
 * java -Xmx512m -cp 'classes:lib/*' dev.spanwise.analyzer.benchmarks.LogBenchmark read FILE
 * </pre>
 */
public final class LogBenchmark {

  private static final long SEED = 4;
  private static final long MEGABYTE = 1_000_000;
  private static final Duration SLOWER_THAN = Duration.ofMillis(100);
  private static final double NANOS_PER_SECOND = 1e9;

  private final PrintStream out;

  private LogBenchmark(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    LogBenchmark benchmark = new LogBenchmark(System.out);
    String mode = arguments.length == 0 ? "" : arguments[0];
    if (mode.equals("plan")) {
      benchmark.print("%s", PlanBenchmark.run());
      return;
    }
    if (arguments.length < 2) {
      throw new IllegalArgumentException(
          "generate FILE [MB], read FILE, limit FILE, pgbadger FILE or plan");
    }
    Path file = Path.of(arguments[1]);
    switch (mode) {
      case "generate" ->
          benchmark.generate(file, arguments.length < 3 ? 1_000 : Long.parseLong(arguments[2]));
      case "read" -> benchmark.read(file);
      case "limit" -> benchmark.limit(file);
      case "pgbadger" -> benchmark.pgBadger(file);
      default ->
          throw new IllegalArgumentException(
              "generate, read, limit, pgbadger or plan, not " + mode);
    }
  }

  private void generate(Path file, long megabytes) throws IOException {
    try (CountingOutput log =
        new CountingOutput(new BufferedOutputStream(Files.newOutputStream(file), 1 << 20))) {
      new LogGenerator(SEED).write(log, () -> log.count() >= megabytes * MEGABYTE, span -> {});
    }
    print("%,d bytes in %s", Files.size(file), file);
  }

  private void read(Path file) throws IOException {
    Workload workload = workload(Files.size(file));
    Rejections rejections = new Rejections();
    PlanLinker linker = new PlanLinker(workload);
    AtomicLong events = new AtomicLong();
    Consumer<ServerEvent> offer =
        event -> {
          events.incrementAndGet();
          linker.offer(event);
        };
    heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
    long startCpu = processorNanos();
    long start = System.nanoTime();
    try (InputStream log = Files.newInputStream(file)) {
      ServerLogReader.read(log, file.toString(), ServerLogOptions.DEFAULTS, offer, rejections);
    }
    Links links = linker.links();
    Analysis analysis =
        Analysis.of(
            workload,
            links,
            Analysis.Database.NONE,
            rejections,
            new ReportAssembler(Instant.now(), "benchmark"));
    double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
    double processorSeconds = (processorNanos() - startCpu) / NANOS_PER_SECOND;
    if (links.plans() == 0 || rejections.count() > 0 || links.links().isEmpty()) {
      throw new IllegalStateException(
          "not all was read and linked: " + links.plans() + " plans, " + rejections.first());
    }
    print(
        "%,d bytes read, linked and diagnosed in %.1f s: %.0f MB/s; %.1f s of processor time: %.0f"
            + " MB/s of it; %,d events, of them %,d plans; %d links, %d findings; peak of the heap"
            + " %,d MiB of %,d MiB; load average %.1f",
        Files.size(file),
        seconds,
        Files.size(file) / seconds / MEGABYTE,
        processorSeconds,
        Files.size(file) / processorSeconds / MEGABYTE,
        events.get(),
        links.plans(),
        links.links().size(),
        analysis.report().findings().size(),
        heapPools().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() >> 20,
        Runtime.getRuntime().maxMemory() >> 20,
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  /** The same file, of which nothing is kept, on one thread. */
  private void limit(Path file) throws IOException {
    long startCpu = processorNanos();
    long start = System.nanoTime();
    long tokens = PlainParse.tokens(file);
    double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
    double processorSeconds = (processorNanos() - startCpu) / NANOS_PER_SECOND;
    print(
        "%,d bytes and %,d JSON tokens passed over in %.1f s: %.0f MB/s; %.1f s of processor time:"
            + " %.0f MB/s of it",
        Files.size(file),
        tokens,
        seconds,
        Files.size(file) / seconds / MEGABYTE,
        processorSeconds,
        Files.size(file) / processorSeconds / MEGABYTE);
  }

  /** Of all threads of the process: the compiler's and the garbage collector's, too. */
  private static long processorNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** The spans of the log of that size: it was generated from the same seed. */
  private static Workload workload(long bytes) throws IOException {
    WorkloadBuilder builder = new WorkloadBuilder(SLOWER_THAN);
    Consumer<Span> spans = builder::add;
    try (CountingOutput nowhere = new CountingOutput(OutputStream.nullOutputStream())) {
      new LogGenerator(SEED).write(nowhere, () -> nowhere.count() >= bytes, spans);
    }
    builder.groupAllTraces();
    return builder.build();
  }

  private static Stream<MemoryPoolMXBean> heapPools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP);
  }

  private void pgBadger(Path file) throws IOException, InterruptedException {
    Path report = Files.createTempFile("pgbadger", ".html");
    long start = System.nanoTime();
    int exit;
    try {
      exit =
          new ProcessBuilder(
                  "pgbadger",
                  "--quiet",
                  "--jobs",
                  "2",
                  "--format",
                  "stderr",
                  "--prefix",
                  RecordedEntry.PREFIX,
                  "--outfile",
                  report.toString(),
                  file.toString())
              .inheritIO()
              .start()
              .waitFor();
    } catch (IOException notInstalled) {
      print(
          "pgbadger: skipped, it is not installed: %s", String.valueOf(notInstalled.getMessage()));
      return;
    } finally {
      Files.delete(report);
    }
    double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
    print(
        "pgbadger: exit %d, %,d bytes in %.1f s: %.0f MB/s",
        exit, Files.size(file), seconds, Files.size(file) / seconds / MEGABYTE);
  }

  private void print(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
