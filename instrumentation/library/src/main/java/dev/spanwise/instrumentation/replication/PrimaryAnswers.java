package dev.spanwise.instrumentation.replication;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the primary said last, for the threads that read the replicas. Safe for use by several
 * threads.
 */
final class PrimaryAnswers {
  private static final double NANOS_PER_SECOND = 1e9;

  private long round;
  private @Nullable Long writtenBytes;
  private @Nullable Double seconds;
  private long readAt;
  private boolean ended;

  /**
   * How a round ended.
   *
   * @param round which one of them, counted from 1; 0 before the first
   * @param writtenBytes how far the log reaches; null where the primary did not answer
   */
  record Answer(long round, @Nullable Long writtenBytes) {}

  synchronized void answered(Primary.State state) {
    seconds = state.seconds();
    readAt = System.nanoTime();
    endRound(state.writtenBytes());
  }

  synchronized void failed() {
    endRound(null);
  }

  private void endRound(@Nullable Long bytes) {
    writtenBytes = bytes;
    round++;
    notifyAll();
  }

  /** No further answer is to be waited for. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** The first answer after that round; one without bytes where none comes in time. */
  synchronized Answer awaitAfter(long seen, Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (round == seen) {
      long left = end - System.nanoTime();
      if (ended || left <= 0) {
        return new Answer(round, null);
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return new Answer(round, writtenBytes);
  }

  /**
   * What time it is by the primary's clock, also while the primary does not answer: its last answer
   * and the time since by a clock that does not jump. So the age of a heartbeat compares one clock
   * with itself; it comes out too small by at most the way of that answer.
   *
   * @return seconds since the epoch; null until the primary has answered once
   */
  synchronized @Nullable Double now() {
    return seconds == null ? null : seconds + (System.nanoTime() - readAt) / NANOS_PER_SECOND;
  }
}
