package dev.spanwise.benchmarks;

import static org.openjdk.jmh.annotations.Scope.Benchmark;

import dev.spanwise.instrumentation.read.NamedRead;
import dev.spanwise.instrumentation.read.NamedReads;
import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A named read of nothing, against the span that it makes with the same attributes. */
@State(Benchmark)
public class NamedReadBenchmark {
  private static final String NAME = "watchlist";

  @Param({"true", "false"})
  public boolean sampled = true;

  private BenchmarkTelemetry telemetry;
  private Tracer tracer;
  private NamedRead read;

  @Setup
  public void open() {
    telemetry = BenchmarkTelemetry.sampled(sampled);
    tracer = telemetry.tracer();
    read = NamedReads.create(telemetry.telemetry()).named(NAME);
  }

  @TearDown
  public void close() {
    telemetry.close();
  }

  @Benchmark
  @SuppressWarnings("try") // the scope is opened to be closed
  public long byHand() {
    Span span = tracer.spanBuilder(NAME).startSpan();
    try (Scope scope = span.makeCurrent()) {
      return work();
    } finally {
      span.setAttribute(SpanwiseAttributes.SPANWISE_READ_NAME, NAME);
      span.setAttribute(SpanwiseAttributes.SPANWISE_READ_OUTCOME, "success");
      span.setAttribute(SpanwiseAttributes.SPANWISE_READ_CACHE, "miss");
      span.setAttribute(SpanwiseAttributes.SPANWISE_READ_ROWS, 1L);
      span.end();
    }
  }

  @Benchmark
  public long namedRead() {
    return read.call(
        running -> {
          running.cacheMiss();
          running.rows(1);
          return work();
        });
  }

  /** Whatever there is between the start and the end: nothing. */
  private long work() {
    return NAME.length();
  }
}
