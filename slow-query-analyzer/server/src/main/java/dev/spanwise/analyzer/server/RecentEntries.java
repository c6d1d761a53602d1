package dev.spanwise.analyzer.server;

import dev.spanwise.analyzer.execution.ServerEvent;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/**
 * The latest entries of one kind, {@value #CAPACITY_BYTES} bytes of them at most: most take some
 * hundred bytes, one with a long statement 16,000. For one thread.
 */
final class RecentEntries {

  static final long CAPACITY_BYTES = 20_000_000;

  private final Deque<ServerEvent> entries = new ArrayDeque<>();
  private long bytes;

  void add(ServerEvent entry) {
    entries.addLast(entry);
    bytes += entry.approximateBytes();
    while (bytes > CAPACITY_BYTES) {
      bytes -= entries.removeFirst().approximateBytes();
    }
  }

  Collection<ServerEvent> all() {
    return List.copyOf(entries);
  }
}
