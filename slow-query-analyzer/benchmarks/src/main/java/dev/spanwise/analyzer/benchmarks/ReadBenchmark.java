package dev.spanwise.analyzer.benchmarks;

import dev.spanwise.analyzer.ingest.SpanFileReader;
import dev.spanwise.analyzer.workload.Workload;
import dev.spanwise.analyzer.workload.WorkloadBuilder;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * Reads and groups a file of spans, against a decode of the same file with protobuf's generated
 * classes.
 *
 * <p>{@code compare [spans]} writes a file of a million spans, or as many as said, and reads it in
 * turn with both, five rounds after two of warm-up. {@code stream [spans]} reads ten million that
 * are made on the way, and prints the peak of the heap.
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
    long spans = reader(builder).read(file);
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
    long start = System.nanoTime();
    long read;
    try (InputStream in = new GeneratedStream(spans)) {
      read = reader(builder).read(in, "generated");
    }
    builder.groupAllTraces();
    Workload workload = builder.build();
    double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
    print(
        "%,d spans in %.1f s, their making included, in %d groups; peak heap %,d MiB of %,d MiB",
        read,
        seconds,
        workload.queries().size(),
        peakHeapBytes() >> 20,
        Runtime.getRuntime().maxMemory() >> 20);
  }

  private static SpanFileReader reader(WorkloadBuilder builder) {
    return new SpanFileReader(
        builder::add,
        rejection -> {
          throw new IllegalStateException("rejected: " + rejection);
        });
  }

  /** The sum of the pools' peaks: at least what was used at any one time. */
  private static long peakHeapBytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
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
