package dev.spanwise.instrumentation.telemetry;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of failures inside telemetry without becoming one: of each kind of {@link Loss} at most one
 * line a minute, which counts those in between, whatever span or consumer they happened to; of a
 * replica or a periodic task, at most one of each. Past {@value #MAX_NAMES} of these, further ones
 * share their kind's line. Never throws; safe for use by several threads.
 */
public final class TelemetryFailures {
  private static final Logger logger = LoggerFactory.getLogger(TelemetryFailures.class);
  private static final long SILENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** How many names have lines of their own. */
  static final int MAX_NAMES = 100;

  private record Subject(Loss loss, @Nullable String name) {}

  private final ConcurrentMap<Subject, Budget> budgets = new ConcurrentHashMap<>();
  private final AtomicInteger names = new AtomicInteger();

  /** When the next line of a subject is due, and how many failures went unsaid since the last. */
  private static final class Budget {
    final AtomicLong nextLine = new AtomicLong(System.nanoTime());
    final AtomicLong unsaid = new AtomicLong();
  }

  /** Logs a failure that was kept from the application. */
  public void report(Loss loss, Throwable failure) {
    report(loss, null, failure);
  }

  /**
   * Likewise.
   *
   * @param name of the span, metric, consumer or server that it happened to; stands in the line
   */
  public void report(Loss loss, @Nullable String name, Throwable failure) {
    Budget budget = budget(loss, loss.eachName ? name : null);
    try {
      long now = System.nanoTime();
      long due = budget.nextLine.get();
      if (now - due < 0 || !budget.nextLine.compareAndSet(due, now + SILENCE_NANOS)) {
        budget.unsaid.incrementAndGet();
        return;
      }
      logger.warn(
          "Telemetry failed and lost {}{} ({} such failures since the last such line)",
          loss.description,
          name == null ? "" : ", " + name,
          budget.unsaid.getAndSet(0),
          failure);
    } catch (Throwable e) {
      // A logger that fails too: there is nobody left to tell.
      budget.unsaid.incrementAndGet();
    }
  }

  private Budget budget(Loss loss, @Nullable String name) {
    Subject subject = new Subject(loss, name);
    Budget known = budgets.get(subject);
    if (known != null) {
      return known;
    }
    boolean shares =
        name != null && names.getAndUpdate(n -> Math.min(n + 1, MAX_NAMES)) == MAX_NAMES;
    return budgets.computeIfAbsent(
        shares ? new Subject(loss, null) : subject, made -> new Budget());
  }
}
