package dev.spanwise.benchmarks;

import static org.openjdk.jmh.annotations.Scope.Benchmark;

import dev.spanwise.instrumentation.telemetry.Histogram;
import dev.spanwise.instrumentation.telemetry.SpanwiseMetrics;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What a named read that is not sampled is made of, each part alone. */
@State(Benchmark)
public class ReadPartsBenchmark {
  static final List<String> PARTS =
      List.of(
          "twoClockReadings",
          "histogram",
          "contextWithAValue",
          "contextMadeCurrent",
          "spanNotSampled");

  private static final ContextKey<Object> KEY = ContextKey.named("part");
  private static final double SECONDS = 0.003;

  private final Object value = new Object();
  private BenchmarkTelemetry telemetry;
  private Tracer tracer;
  private Histogram histogram;
  private Context context;
  private Context other;
  private Scope current;

  @Setup
  @SuppressWarnings("MustBeClosedChecker") // closed by the tear-down, on the same thread
  public void open() {
    telemetry = BenchmarkTelemetry.sampled(false);
    tracer = telemetry.tracer();
    context = Context.root().with(tracer.spanBuilder("part").startSpan());
    other = context.with(KEY, value);
    current = context.makeCurrent();
    histogram =
        telemetry
            .telemetry()
            .histogram(SpanwiseMetrics.SPANWISE_READ_DURATION)
            .with("watchlist", "success", "miss");
  }

  @TearDown
  public void close() {
    current.close();
    telemetry.close();
  }

  @Benchmark
  public long twoClockReadings() {
    long start = System.nanoTime();
    return System.nanoTime() - start;
  }

  @Benchmark
  public void histogram() {
    histogram.record(SECONDS);
  }

  @Benchmark
  public Context contextWithAValue() {
    return context.with(KEY, value);
  }

  @Benchmark
  public Scope contextMadeCurrent() {
    try (Scope scope = other.makeCurrent()) {
      return scope;
    }
  }

  @Benchmark
  public Span spanNotSampled() {
    return tracer.spanBuilder("part").startSpan();
  }
}
