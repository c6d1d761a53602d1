package dev.spanwise.analyzer.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import picocli.CommandLine.Help.Ansi;

/**
 * Says on standard error how far something is, once it has taken two seconds: in place on a
 * terminal, else a line every ten seconds.
 */
final class Progress {

  private static final long QUIET_MS = 2_000;
  private static final long TERMINAL_MS = 250;
  private static final long LINES_MS = 10_000;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Supplier<String> state;
  private final boolean terminal = Ansi.AUTO.enabled();
  private final Thread thread;

  private Progress(Supplier<String> state) {
    this.state = state;
    this.thread = new Thread(this::run, "spanwise-progress");
    thread.setDaemon(true);
  }

  /** Runs {@code work}, saying from time to time what {@code state} gives. */
  static void during(Supplier<String> state, Runnable work) {
    Progress progress = new Progress(state);
    progress.thread.start();
    try {
      work.run();
    } finally {
      progress.stop();
    }
  }

  private void run() {
    try {
      boolean shown = false;
      long wait = QUIET_MS;
      while (!done.await(wait, TimeUnit.MILLISECONDS)) {
        System.err.print(
            terminal ? "\r\u001b[K" + state.get() : state.get() + System.lineSeparator());
        System.err.flush();
        shown = true;
        wait = terminal ? TERMINAL_MS : LINES_MS;
      }
      if (shown) {
        // What was said last is not to stand there as the result.
        System.err.print(terminal ? "\r\u001b[K" : state.get() + System.lineSeparator());
        System.err.flush();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop() {
    done.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
