package dev.spanwise.instrumentation.telemetry;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs a task again and again on a daemon thread of its own, never twice at once, until it is
 * closed. What the task throws is reported and ends nothing. Safe for use by several threads.
 */
public final class PeriodicTask implements AutoCloseable {
  /** A task whose failures are reported. */
  @FunctionalInterface
  public interface Task {
    void run() throws Exception;
  }

  /** How long a run that is under way may go on once the task is closed. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ScheduledThreadPoolExecutor executor;

  private PeriodicTask(ScheduledThreadPoolExecutor executor) {
    this.executor = executor;
  }

  /**
   * Runs the task at once, and again each time that the pause after a run is over.
   *
   * @param name of the thread, and in the line about a run that fails
   * @throws IllegalArgumentException if the pause is not positive
   */
  public static PeriodicTask start(
      String name, Duration pause, TelemetryFailures failures, Task task) {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        executor.scheduleWithFixedDelay(
            () -> {
              try {
                task.run();
              } catch (Throwable e) {
                if (!executor.isShutdown()) {
                  failures.report(Loss.PERIODIC_RUN, name, e);
                }
              }
            },
            0,
            pause.toNanos(),
            TimeUnit.NANOSECONDS);
    return new PeriodicTask(executor);
  }

  /** Starts no further run; does not wait. */
  void startNoMore() {
    executor.shutdown();
  }

  /**
   * Starts no further run and waits for one that is under way, two seconds at most; then interrupts
   * it. What it reads may be closed next.
   */
  @Override
  public void close() {
    startNoMore();
    try {
      if (!executor.awaitTermination(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
