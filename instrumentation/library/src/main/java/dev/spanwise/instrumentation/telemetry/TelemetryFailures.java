package dev.spanwise.instrumentation.telemetry;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of failures inside telemetry without becoming one: of each kind of loss at most one line a
 * minute, which counts those in between. Past {@value #MAX_KINDS} kinds, all further ones share
 * such a line. Never throws; safe for use by several threads.
 */
public final class TelemetryFailures {
  static final int MAX_KINDS = 64;

  private static final Logger logger = LoggerFactory.getLogger(TelemetryFailures.class);
  private static final long SILENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final ConcurrentMap<String, Budget> budgets = new ConcurrentHashMap<>();
  private final Budget further = new Budget();

  /** When the next line of a kind is due, and how many failures went unsaid since the last. */
  private static final class Budget {
    final AtomicLong nextLine = new AtomicLong(System.nanoTime());
    final AtomicLong unsaid = new AtomicLong();
  }

  /**
   * Logs a failure that was kept from the application.
   *
   * @param lost what the failure cost, such as {@code "a span of a read"}: its kind
   */
  public void report(String lost, Throwable failure) {
    try {
      Budget budget = budget(lost);
      long now = System.nanoTime();
      long due = budget.nextLine.get();
      if (now - due < 0 || !budget.nextLine.compareAndSet(due, now + SILENCE_NANOS)) {
        budget.unsaid.incrementAndGet();
        return;
      }
      long before = budget.unsaid.getAndSet(0);
      logger.warn(
          "Telemetry failed and lost {} ({} such failures since the last such line)",
          lost,
          before,
          failure);
    } catch (Throwable e) {
      // A logger that fails too: there is nobody left to tell.
      further.unsaid.incrementAndGet();
    }
  }

  private Budget budget(String lost) {
    Budget known = budgets.get(lost);
    if (known != null) {
      return known;
    }
    // Threads that arrive together may add a few more.
    return budgets.size() < MAX_KINDS
        ? budgets.computeIfAbsent(lost, kind -> new Budget())
        : further;
  }
}
