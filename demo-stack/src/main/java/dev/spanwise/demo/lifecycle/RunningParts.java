package dev.spanwise.demo.lifecycle;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What was started and has to end, last first, whether or not another part could be ended. Safe for
 * use by several threads; what is being ended holds up the others.
 */
public final class RunningParts implements AutoCloseable {
  private final Deque<AutoCloseable> running = new ArrayDeque<>();

  /** Takes a part that has started. */
  public synchronized <T extends AutoCloseable> T keep(T started) {
    running.push(started);
    return started;
  }

  /**
   * Ends them all because another part did not start.
   *
   * @param failure why it did not; gets the parts that did not end as suppressed
   */
  public void endAfter(Exception failure) {
    try {
      close();
    } catch (IllegalStateException left) {
      failure.addSuppressed(left);
    }
  }

  /**
   * Ends them all; another call ends what was kept since.
   *
   * @throws IllegalStateException if parts did not end, each a cause or suppressed in it
   */
  @Override
  public synchronized void close() {
    IllegalStateException failure = null;
    while (!running.isEmpty()) {
      try {
        running.pop().close();
      } catch (Exception e) {
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
        if (failure == null) {
          failure = new IllegalStateException("a part did not end: " + e.getMessage(), e);
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
