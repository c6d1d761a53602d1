package dev.spanwise.analyzer.benchmarks;

import dev.spanwise.analyzer.trace.Span;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Calls and time of each statement in each service. */
final class Grouping implements Consumer<Span> {

  private record Key(long fingerprint, @Nullable String service) {}

  private static final class Total {
    long calls;
    long nanos;
  }

  private final Map<Key, Total> totals = new HashMap<>();

  @Override
  public void accept(Span span) {
    if (span.call() == null || span.call().statement() == null) {
      return;
    }
    Key key = new Key(span.call().statement().fingerprint(), span.service());
    Total total = totals.computeIfAbsent(key, absent -> new Total());
    total.calls++;
    total.nanos += span.durationNanos();
  }

  int groups() {
    return totals.size();
  }

  long calls() {
    return totals.values().stream().mapToLong(total -> total.calls).sum();
  }

  long totalNanos() {
    return totals.values().stream().mapToLong(total -> total.nanos).sum();
  }
}
