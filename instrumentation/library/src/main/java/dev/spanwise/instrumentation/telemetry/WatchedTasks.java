package dev.spanwise.instrumentation.telemetry;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Periodic tasks that show what they found, each on a daemon thread of its own: one that has to
 * wait keeps no other from running. Another thread takes back what a task has shown once no run of
 * it has ended for too long. Safe for use by several threads.
 */
public final class WatchedTasks implements AutoCloseable {
  private final TelemetryFailures failures;
  private final List<Watched> tasks = new CopyOnWriteArrayList<>();
  private final PeriodicTask watch;

  private WatchedTasks(
      String name, Duration interval, Duration patience, TelemetryFailures failures) {
    this.failures = failures;
    watch = PeriodicTask.start(name, interval, failures, () -> forgetAfter(patience));
  }

  /**
   * Starts to watch.
   *
   * @param name of the thread that watches
   * @param interval how long it pauses
   * @param patience how long a task may have no run that ends
   */
  public static WatchedTasks start(
      String name, Duration interval, Duration patience, TelemetryFailures failures) {
    return new WatchedTasks(name, interval, patience, failures);
  }

  /**
   * Runs a task as {@link PeriodicTask#start} does.
   *
   * @param forget takes back what the task has shown; called again and again while it hangs
   */
  public void add(String name, Duration pause, PeriodicTask.Task task, Runnable forget) {
    tasks.add(new Watched(name, pause, failures, task, forget));
  }

  void forgetAfter(Duration patience) {
    for (Watched task : tasks) {
      task.forgetAfter(patience);
    }
  }

  /**
   * Ends the tasks and the watch, as {@link PeriodicTask#close} does; what they have shown stays.
   */
  @Override
  public void close() {
    // All at once: their waits then run side by side.
    tasks.forEach(Watched::startNoMore);
    tasks.forEach(Watched::close);
    watch.close();
  }

  private static final class Watched {
    private final Runnable forget;
    private final PeriodicTask task;
    private volatile long lastEndNanos = System.nanoTime();

    Watched(
        String name,
        Duration pause,
        TelemetryFailures failures,
        PeriodicTask.Task task,
        Runnable forget) {
      this.forget = forget;
      this.task =
          PeriodicTask.start(
              name,
              pause,
              failures,
              () -> {
                task.run();
                lastEndNanos = System.nanoTime();
              });
    }

    void forgetAfter(Duration patience) {
      if (System.nanoTime() - lastEndNanos > patience.toNanos()) {
        forget.run();
      }
    }

    void startNoMore() {
      task.startNoMore();
    }

    void close() {
      task.close();
    }
  }
}
