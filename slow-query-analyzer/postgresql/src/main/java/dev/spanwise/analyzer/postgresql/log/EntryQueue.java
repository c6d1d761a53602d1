package dev.spanwise.analyzer.postgresql.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Reads entries and delivers what came of them in the order in which they were added: at once on
 * the thread that adds them, or in batches by the threads of an executor. Entries of {@value
 * #IN_FLIGHT_BYTES} bytes wait at most, and a larger one by itself. For one thread.
 */
final class EntryQueue {

  private static final String TOO_DEEP = "the entry nests too deeply to be read";
  private static final int BATCH_BYTES = 256 << 10;
  private static final int IN_FLIGHT_BYTES = 8 << 20;

  /** What an entry takes beside its bytes. */
  private static final int OVERHEAD_BYTES = 128;

  private final EntryReader reader;
  private final Delivery delivery;
  private final @Nullable Executor executor;
  private final Deque<Batch> inFlight = new ArrayDeque<>();
  private List<Waiting> next = new ArrayList<>();
  private long nextBytes;
  private long inFlightBytes;

  private record Waiting(long line, PendingEntry entry) {}

  private record Batch(FutureTask<Outcomes> task, long bytes) {}

  /**
   * @param executor null to read at once
   */
  EntryQueue(EntryReader reader, Delivery delivery, @Nullable Executor executor) {
    this.reader = reader;
    this.delivery = delivery;
    this.executor = executor;
  }

  /**
   * @param line where {@code entry} begins
   * @param bytes what {@code entry} holds
   */
  void add(long line, PendingEntry entry, int bytes) {
    Waiting waiting = new Waiting(line, entry);
    if (executor == null) {
      read(List.of(waiting)).forEach(delivery::accept);
      return;
    }
    next.add(waiting);
    nextBytes += bytes + OVERHEAD_BYTES;
    if (nextBytes >= BATCH_BYTES) {
      submit(executor);
    }
  }

  /** Delivers all that was added. */
  void drain() {
    if (executor != null && !next.isEmpty()) {
      submit(executor);
    }
    while (!inFlight.isEmpty()) {
      deliverFirst();
    }
  }

  private void submit(Executor threads) {
    while (!inFlight.isEmpty() && inFlightBytes + nextBytes > IN_FLIGHT_BYTES) {
      deliverFirst();
    }
    List<Waiting> entries = next;
    Callable<Outcomes> reading = () -> read(entries);
    Batch batch = new Batch(new FutureTask<>(reading), nextBytes);
    inFlight.add(batch);
    inFlightBytes += batch.bytes();
    threads.execute(batch.task());
    next = new ArrayList<>();
    nextBytes = 0;
  }

  private Outcomes read(List<Waiting> entries) {
    Outcomes outcomes = new Outcomes();
    for (Waiting waiting : entries) {
      try {
        waiting.entry().read(reader, outcomes);
      } catch (StackOverflowError tooDeep) {
        // One entry in a log of millions: the others are read.
        outcomes.reject(waiting.line(), TOO_DEEP);
      }
    }
    return outcomes;
  }

  private void deliverFirst() {
    Batch first = inFlight.removeFirst();
    inFlightBytes -= first.bytes();
    try {
      first.task().get().forEach(delivery::accept);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading a log", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("reading an entry of a log failed", e.getCause());
    }
  }
}
