package dev.spanwise.analyzer.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/**
 * The signal that ends the process (Ctrl-C, SIGTERM) while a command has servers to stop. What the
 * command then meets (refused connections, an interrupt) is the signal's doing and no failure.
 */
final class StopSignal implements AutoCloseable {

  /**
   * Ctrl-C reaches the child processes that share the terminal, such as the embedded PostgreSQL and
   * every server where there is no {@code setsid}: their end may be noticed before the signal is.
   */
  private static final long NOTICE_SECONDS = 1;

  private static final long CLEAN_UP_SECONDS = 20;

  private final CountDownLatch received = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread command = Thread.currentThread();
  private final PrintWriter err;
  private final Thread hook = new Thread(this::stop, "spanwise-stop");
  private volatile @Nullable DemoSession session;

  private StopSignal(PrintWriter err) {
    this.err = err;
  }

  /** Waits for the signal on behalf of the calling thread, until closed. */
  static StopSignal await(PrintWriter err) {
    StopSignal signal = new StopSignal(err);
    Runtime.getRuntime().addShutdownHook(signal.hook);
    return signal;
  }

  /** Names what to close when the signal comes. */
  void closes(DemoSession opened) {
    session = opened;
  }

  /** Whether the signal has come, or comes within a moment. */
  boolean received() {
    boolean interrupted = Thread.interrupted();
    try {
      return received.await(NOTICE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException signal) {
      return true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void stop() {
    received.countDown();
    command.interrupt();
    try {
      DemoSession opened = session;
      if (opened != null) {
        opened.close();
      }
      if (!finished.await(CLEAN_UP_SECONDS, TimeUnit.SECONDS)) {
        say("stopped, but something may have been left behind");
        return;
      }
      say("stopped");
    } catch (RuntimeException e) {
      say("stopped: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void say(String text) {
    err.println((Ansi.AUTO.enabled() ? "\r\u001b[K" : "") + "spanwise: " + text);
    err.flush();
  }

  /** The command has ended. */
  @Override
  public void close() {
    finished.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException stopping) {
      // The hook is running, and has just been told.
    }
  }
}
