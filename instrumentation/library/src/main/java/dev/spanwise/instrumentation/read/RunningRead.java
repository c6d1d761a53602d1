package dev.spanwise.instrumentation.read;

import dev.spanwise.instrumentation.telemetry.SafeSpan;
import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A named read between its start and its end. Takes what the application knows about it, and what
 * the instrumentation below it does; what comes after the end is lost. Never throws; safe for use
 * by several threads.
 */
public final class RunningRead {
  private static final ContextKey<RunningRead> KEY = ContextKey.named("dev.spanwise.read");
  private static final AtomicIntegerFieldUpdater<RunningRead> ENDS =
      AtomicIntegerFieldUpdater.newUpdater(RunningRead.class, "ends");
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long NOT_SAID = -1;

  private final NamedRead read;
  private final SafeSpan span;
  private final long startNanos = System.nanoTime();

  private volatile long rows = NOT_SAID;
  private volatile CacheResult cache = CacheResult.NONE;
  private volatile @Nullable FetchedRows fetched;

  @SuppressWarnings("UnusedVariable") // by ENDS
  private volatile int ends;

  RunningRead(NamedRead read, SafeSpan span) {
    this.read = read;
    this.span = span;
  }

  /** The innermost named read of a context; null where there is none. */
  public static @Nullable RunningRead of(Context context) {
    return context.get(KEY);
  }

  /** The name of its {@link NamedRead}. */
  public String name() {
    return read.name();
  }

  /**
   * Says how many rows the read returns to its caller; the last word counts.
   *
   * @param count negative where it is not known
   */
  public void rows(long count) {
    rows = count;
  }

  /** Says that a cache answered. */
  public void cacheHit() {
    cache = CacheResult.HIT;
  }

  /** Says that a cache was asked and did not have it. */
  public void cacheMiss() {
    cache = CacheResult.MISS;
  }

  /** Where this read's result sets add up. Called at all, it puts its figures on the span. */
  public FetchedRows fetched() {
    FetchedRows known = fetched;
    return known != null ? known : firstFetched();
  }

  private synchronized FetchedRows firstFetched() {
    FetchedRows made = fetched;
    if (made == null) {
      made = new FetchedRows();
      fetched = made;
    }
    return made;
  }

  Scope makeCurrent() {
    return span.makeCurrent(span.context().with(KEY, this));
  }

  /** Leaves a thread on which the read goes on elsewhere. */
  void close(Scope scope) {
    span.close(scope);
  }

  /** Ends the read on a thread where it is not current. */
  void end(@Nullable Throwable failure) {
    end(failure, makeCurrent());
  }

  /**
   * Ends the read, the first time.
   *
   * @param scope still open, for the exemplar's sake; closed in any case
   */
  void end(@Nullable Throwable failure, Scope scope) {
    if (!ENDS.compareAndSet(this, 0, 1)) {
      span.close(scope);
      return;
    }
    Outcome outcome = Outcome.of(failure);
    CacheResult cached = cache;
    read.duration(outcome, cached).record((System.nanoTime() - startNanos) / NANOS_PER_SECOND);
    span.close(scope);
    if (span.isRecording()) {
      describe(outcome, cached);
      if (failure != null && outcome == Outcome.ERROR) {
        span.recordError(failure);
      }
    }
    span.end();
  }

  private void describe(Outcome outcome, CacheResult cached) {
    span.setAttribute(SpanwiseAttributes.SPANWISE_READ_NAME, name());
    span.setAttribute(SpanwiseAttributes.SPANWISE_READ_OUTCOME, outcome.label);
    if (cached != CacheResult.NONE) {
      span.setAttribute(SpanwiseAttributes.SPANWISE_READ_CACHE, cached.label);
    }
    long returned = rows;
    if (returned >= 0) {
      span.setAttribute(SpanwiseAttributes.SPANWISE_READ_ROWS, returned);
    }
    FetchedRows inAll = fetched;
    if (inAll != null) {
      span.setAttribute(SpanwiseAttributes.SPANWISE_JDBC_ROWS_FETCHED, inAll.rows());
      span.setAttribute(SpanwiseAttributes.SPANWISE_JDBC_FETCH_DURATION, inAll.seconds());
    }
  }
}
