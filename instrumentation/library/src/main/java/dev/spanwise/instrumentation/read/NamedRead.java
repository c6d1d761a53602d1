package dev.spanwise.instrumentation.read;

import dev.spanwise.instrumentation.telemetry.Histogram;
import dev.spanwise.instrumentation.telemetry.Loss;
import dev.spanwise.instrumentation.telemetry.MetricFamily;
import dev.spanwise.instrumentation.telemetry.Tracing;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Scope;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * One use case of the application that reads, such as {@code watchlist}. Around each call it makes
 * a span of that name and records {@code spanwise.read.duration} while the span is current, which
 * is where an exemplar comes from. The result, or the exception, is the body's own, whatever
 * telemetry does. A cancelled read ({@link java.util.concurrent.CancellationException}, {@link
 * InterruptedException}) is not an error. Safe for use by several threads.
 */
public final class NamedRead {
  private final String name;
  private final Tracing tracing;
  private final MetricFamily<Histogram> durations;

  /** One for each outcome and cache result, made when it is first needed: none stands at zero. */
  private final AtomicReferenceArray<@Nullable Histogram> series =
      new AtomicReferenceArray<>(NamedReads.SERIES_OF_A_NAME);

  NamedRead(String name, Tracing tracing, MetricFamily<Histogram> durations) {
    this.name = name;
    this.tracing = tracing;
    this.durations = durations;
  }

  /** The name given, or {@value MetricFamily#OTHER} past the bound. */
  public String name() {
    return name;
  }

  /**
   * Reads. Spans started by the body on this thread become children of the read's span.
   *
   * @return what the body returned
   * @throws E what the body threw, unchanged
   */
  @SuppressWarnings("MustBeClosedChecker") // RunningRead.end closes it
  public <T extends @Nullable Object, E extends Throwable> T call(ReadBody<T, E> body) throws E {
    RunningRead read = start();
    Scope scope = read.makeCurrent();
    Throwable failure = null;
    try {
      return body.read(read);
    } catch (Throwable e) {
      failure = e;
      throw e;
    } finally {
      read.end(failure, scope);
    }
  }

  /**
   * Starts a read that ends when the stage completes, exceptionally or by being cancelled too. The
   * read's context is current while the body runs; code of the body that moves to another thread
   * takes it along as it does any other context.
   *
   * @return the very stage that the body returned
   * @throws E what the body threw instead of returning a stage, unchanged
   */
  public <S extends CompletionStage<?>, E extends Throwable> S callAsync(ReadBody<S, E> body)
      throws E {
    RunningRead read = start();
    Scope scope = read.makeCurrent();
    S stage;
    try {
      stage = body.read(read);
    } catch (Throwable e) {
      read.end(e, scope);
      throw e;
    }
    read.close(scope);
    endWith(stage, read);
    return stage;
  }

  // The dependent stage only ends the read; the caller has the first.
  @SuppressWarnings("FutureReturnValueIgnored")
  private void endWith(CompletionStage<?> stage, RunningRead read) {
    try {
      stage.whenComplete((result, failure) -> read.end(Outcome.cause(failure)));
    } catch (Throwable e) {
      tracing.failures().report(Loss.SPAN_END, name, e);
      read.end(null);
    }
  }

  private RunningRead start() {
    // Its attributes come at its end: a span that is not sampled shall not pay for them.
    return new RunningRead(
        this, tracing.start(name, SpanKind.INTERNAL, tracing.currentContext(), builder -> {}));
  }

  Histogram duration(Outcome outcome, CacheResult cache) {
    int place = outcome.place * CacheResult.COUNT + cache.place;
    Histogram known = series.get(place);
    if (known == null) {
      known = durations.with(name, outcome.label, cache.label);
      series.set(place, known);
    }
    return known;
  }
}
