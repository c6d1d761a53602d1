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

  private static final int BATCH_BYTES = 256 << 10;
  private static final int IN_FLIGHT_BYTES = 8 << 20;

  /** What an entry takes beside its bytes. */
  private static final int OVERHEAD_BYTES = 128;

  private final EntryReader reader;
  private final Delivery delivery;
  private final @Nullable Executor executor;
  private final Deque<Batch> inFlight = new ArrayDeque<>();
  private List<PendingEntry> next = new ArrayList<>();
  private long nextBytes;
  private long inFlightBytes;

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
   * @param bytes what {@code entry} holds
   */
  void add(PendingEntry entry, int bytes) {
    if (executor == null) {
      read(List.of(entry)).forEach(delivery::accept);
      return;
    }
    next.add(entry);
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
    List<PendingEntry> entries = next;
    Callable<Outcomes> reading = () -> read(entries);
    Batch batch = new Batch(new FutureTask<>(reading), nextBytes);
    inFlight.add(batch);
    inFlightBytes += batch.bytes();
    threads.execute(batch.task());
    next = new ArrayList<>();
    nextBytes = 0;
  }

  private Outcomes read(List<PendingEntry> entries) {
    Outcomes outcomes = new Outcomes();
    entries.forEach(entry -> entry.read(reader, outcomes));
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
