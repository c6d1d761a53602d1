package dev.spanwise.instrumentation.replication;

import dev.spanwise.instrumentation.telemetry.PeriodicTask;
import dev.spanwise.instrumentation.telemetry.TelemetryFailures;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The rounds of one server, on a thread of their own: a server that keeps its thread waiting keeps
 * no other from being read. Safe for use by several threads.
 */
final class ServerRounds implements AutoCloseable {
  private final AtomicLong lastEnd = new AtomicLong(System.nanoTime());
  private final Runnable forget;
  private final PeriodicTask task;

  /**
   * Starts them.
   *
   * @param forget takes back what the server's rounds have shown
   */
  ServerRounds(
      String name,
      Duration pause,
      TelemetryFailures failures,
      PeriodicTask.Task round,
      Runnable forget) {
    this.forget = forget;
    this.task =
        PeriodicTask.start(
            name,
            pause,
            failures,
            () -> {
              round.run();
              lastEnd.set(System.nanoTime());
            });
  }

  /** Called by another thread than that which may hang. */
  void forgetAfter(Duration patience) {
    if (System.nanoTime() - lastEnd.get() > patience.toNanos()) {
      forget.run();
    }
  }

  @Override
  public void close() {
    task.close();
  }
}
