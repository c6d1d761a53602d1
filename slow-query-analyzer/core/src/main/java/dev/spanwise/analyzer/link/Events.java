package dev.spanwise.analyzer.link;

import dev.spanwise.analyzer.execution.Logged;
import dev.spanwise.analyzer.execution.ServerEvent;
import java.util.ArrayList;
import java.util.List;

/** What the log says of a span beside its executions, as much as may be held. For one thread. */
final class Events {

  /** Events held of a span, and bytes of those of all spans. */
  static final int OF_A_SPAN = 20;

  static final long BYTES = 40_000_000;

  /** What all spans hold. */
  static final class Count {
    private long bytes;
  }

  private final Count all;
  private final List<ServerEvent> held = new ArrayList<>(0);

  Events(Count all) {
    this.all = all;
  }

  void add(ServerEvent event) {
    if (held.size() < OF_A_SPAN && all.bytes < BYTES && !held.contains(event)) {
      held.add(event);
      all.bytes += event.approximateBytes();
    }
  }

  /** Those of the backend that wrote an entry. */
  List<ServerEvent> ofBackend(Logged entry) {
    return held.stream()
        .filter(event -> event.backendPid() == entry.backendPid())
        .filter(event -> event.logged().source().equals(entry.source()))
        .toList();
  }

  List<ServerEvent> all() {
    return held;
  }
}
