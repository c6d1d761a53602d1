package dev.spanwise.instrumentation.telemetry;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of failures inside telemetry without becoming one: at most one line a minute, which counts
 * those in between. Never throws; safe for use by several threads.
 */
public final class TelemetryFailures {
  private static final Logger logger = LoggerFactory.getLogger(TelemetryFailures.class);
  private static final long SILENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final AtomicLong nextLine = new AtomicLong(System.nanoTime());
  private final AtomicLong unsaid = new AtomicLong();

  /**
   * Logs a failure that was kept from the application.
   *
   * @param lost what the failure cost, such as {@code "a span of a read"}
   */
  public void report(String lost, Throwable failure) {
    try {
      long now = System.nanoTime();
      long due = nextLine.get();
      if (now - due < 0 || !nextLine.compareAndSet(due, now + SILENCE_NANOS)) {
        unsaid.incrementAndGet();
        return;
      }
      long before = unsaid.getAndSet(0);
      logger.warn(
          "Telemetry failed and lost {} ({} failures since the last such line)",
          lost,
          before,
          failure);
    } catch (Throwable e) {
      // A logger that fails too: there is nobody left to tell.
      unsaid.incrementAndGet();
    }
  }
}
