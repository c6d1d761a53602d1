package dev.spanwise.instrumentation.read;

import dev.spanwise.instrumentation.telemetry.SafeSpan;
import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
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
  private static final VarHandle ROWS = field("rows", long.class);
  private static final VarHandle CACHE = field("cache", CacheResult.class);
  private static final AtomicIntegerFieldUpdater<RunningRead> ENDS =
      AtomicIntegerFieldUpdater.newUpdater(RunningRead.class, "ends");
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long NOT_SAID = -1;

  private final NamedRead read;
  private final SafeSpan span;
  private final long startNanos = System.nanoTime();

  // By ROWS and CACHE: a volatile write would wait for the processor's store buffer each time.
  @SuppressWarnings("UnusedVariable")
  private long rows = NOT_SAID;

  @SuppressWarnings("UnusedVariable")
  private CacheResult cache = CacheResult.NONE;

  private volatile @Nullable FetchedRows fetched;

  @SuppressWarnings("UnusedVariable") // by ENDS
  private volatile int ends;

  RunningRead(NamedRead read, SafeSpan span) {
    this.read = read;
    this.span = span;
  }

  private static VarHandle field(String name, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(RunningRead.class, name, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /**
   * The innermost named read of a context; null where there is none, or none that is recorded: what
   * it would be told goes nowhere.
   */
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
    ROWS.setRelease(this, count);
  }

  /** Says that a cache answered. */
  public void cacheHit() {
    CACHE.setRelease(this, CacheResult.HIT);
  }

  /** Says that a cache was asked and did not have it. */
  public void cacheMiss() {
    CACHE.setRelease(this, CacheResult.MISS);
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
    Context context = span.context();
    // One that is not recorded need not be found, unless another would be taken for it.
    return span.makeCurrent(
        span.isRecording() || of(context) != null ? context.with(KEY, this) : context);
  }

  /** Leaves a thread on which the read goes on elsewhere. */
  void close(Scope scope) {
    span.close(scope);
  }

  /** Ends the read on a thread where it is not current, the first time. */
  void end(@Nullable Throwable failure) {
    if (ENDS.compareAndSet(this, 0, 1)) {
      end(failure, makeCurrent());
    }
  }

  /**
   * Ends the read, once.
   *
   * @param scope still open, for the exemplar's sake; is closed
   */
  void end(@Nullable Throwable failure, Scope scope) {
    Outcome outcome = Outcome.of(failure);
    CacheResult cached = (CacheResult) CACHE.getAcquire(this);
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
    long returned = (long) ROWS.getAcquire(this);
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
