package dev.spanwise.analyzer.benchmarks;

import dev.spanwise.analyzer.ingest.SpanFileReader;
import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.workload.Workload;
import dev.spanwise.analyzer.workload.WorkloadBuilder;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Reads and groups a file of spans, against a decode of the same file with protobuf's generated
 * classes.
 *
 * <p>{@code compare [spans]} writes a file of a million spans, or as many as said, and reads it in
 * turn with both, five rounds after two of warm-up. {@code stream [spans]} reads ten million that
 * are made on the way, and prints what the heap holds after each million.
 *
 * <pre>
 * mvn -pl slow-query-analyzer/benchmarks -am -DskipTests package
 * cd slow-query-analyzer/benchmarks/target
 * java -Xmx256m -cp 'classes:lib/*' dev.spanwise.analyzer.benchmarks.ReadBenchmark compare
 * java -Xmx256m -cp 'classes:lib/*' dev.spanwise.analyzer.benchmarks.ReadBenchmark stream
 * </pre>
 */
public final class ReadBenchmark {

  private static final int WARM_UP_ROUNDS = 2;
  private static final int ROUNDS = 5;
  private static final long SPANS_BETWEEN_LOOKS = 1_000_000;
  private static final Duration SLOWER_THAN = Duration.ofMillis(100);
  private static final double NANOS_PER_SECOND = 1e9;

  private final PrintStream out;

  private ReadBenchmark(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] arguments) throws IOException {
    ReadBenchmark benchmark = new ReadBenchmark(System.out);
    String mode = arguments.length == 0 ? "compare" : arguments[0];
    long spans = arguments.length < 2 ? 0 : Long.parseLong(arguments[1]);
    switch (mode) {
      case "compare" -> benchmark.compare(spans == 0 ? 1_000_000 : spans);
      case "stream" -> benchmark.stream(spans == 0 ? 10_000_000 : spans);
      default -> throw new IllegalArgumentException("compare or stream, not " + mode);
    }
  }

  private void compare(long spans) throws IOException {
    Path file = Files.createTempFile("spans", ".otlp");
    try {
      try (InputStream in = new GeneratedStream(spans)) {
        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      }
      print("%,d bytes in %s", Files.size(file), file);
      double[] ours = new double[ROUNDS];
      double[] generated = new double[ROUNDS];
      for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
        double reading = readAndGroup(file);
        double decoding = decode(file);
        if (round >= 0) {
          ours[round] = reading;
          generated[round] = decoding;
          print(
              "round %d: read and group %,.0f spans/s, generated decode %,.0f spans/s",
              round + 1, reading, decoding);
        }
      }
      print(
          "median: read and group %,.0f spans/s, generated decode %,.0f spans/s; read and group takes %.2f of its time",
          median(ours), median(generated), median(generated) / median(ours));
    } finally {
      Files.delete(file);
    }
  }

  private double readAndGroup(Path file) throws IOException {
    WorkloadBuilder builder = new WorkloadBuilder(SLOWER_THAN);
    long start = System.nanoTime();
    long spans = reader(builder::add).read(file);
    builder.groupAllTraces();
    Workload workload = builder.build();
    double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
    if (workload.spans() != spans || workload.queries().isEmpty()) {
      throw new IllegalStateException("nothing was grouped");
    }
    return spans / seconds;
  }

  private double decode(Path file) throws IOException {
    GeneratedDecode decode = new GeneratedDecode();
    long start = System.nanoTime();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 64 * 1024)) {
      decode.read(in);
    }
    double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
    if (decode.totalNanos() == 0) {
      throw new IllegalStateException("nothing was decoded");
    }
    return decode.spans() / seconds;
  }

  private void stream(long spans) throws IOException {
    WorkloadBuilder builder = new WorkloadBuilder(SLOWER_THAN);
    AtomicLong count = new AtomicLong();
    long start = System.nanoTime();
    try (InputStream in = new GeneratedStream(spans)) {
      Consumer<Span> grouping =
          span -> {
            builder.add(span);
            if (count.incrementAndGet() % SPANS_BETWEEN_LOOKS == 0) {
              print("%,d spans: %,d MiB alive", count.get(), aliveBytes() >> 20);
            }
          };
      reader(grouping).read(in, "generated");
    }
    builder.groupAllTraces();
    Workload workload = builder.build();
    double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
    print(
        "%,d spans in %.1f s, their making and the looks at the heap included, in %d groups; heap of %,d MiB",
        workload.spans(),
        seconds,
        workload.queries().size(),
        Runtime.getRuntime().maxMemory() >> 20);
  }

  /** What the heap holds after a collection. */
  @SuppressWarnings("SystemGc") // To look at what stays is the purpose.
  private static long aliveBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static SpanFileReader reader(Consumer<Span> spans) {
    return new SpanFileReader(
        spans,
        rejection -> {
          throw new IllegalStateException("rejected: " + rejection);
        });
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private void print(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
