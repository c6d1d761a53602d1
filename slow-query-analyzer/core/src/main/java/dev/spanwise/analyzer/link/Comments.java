package dev.spanwise.analyzer.link;

import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.execution.Logged;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts the executions that name a span, so that a name which went stale shows: a prepared
 * statement keeps the comment that it was prepared with, and a session its {@code
 * application_name}, while they serve others. Bounded by the spans. For one thread.
 */
final class Comments {

  private record Named(SpanName name, long fingerprint) {}

  private static final class Executions {
    private int said;
    private int taken;
  }

  private final SpanIndex index;
  private final Map<Named, Executions> byName = new HashMap<>();

  Comments(SpanIndex index) {
    this.index = index;
  }

  /**
   * Counts an execution.
   *
   * @param taken whether it lies inside a span that it names
   */
  void count(ExecutedPlan plan, boolean taken) {
    Named named = named(plan.logged());
    if (named != null && index.isNamed(named.name())) {
      Executions executions = byName.computeIfAbsent(named, unseen -> new Executions());
      executions.said++;
      executions.taken += taken ? 1 : 0;
    }
  }

  /** Whether the name that an entry gives stands in others which cannot be of a span so named. */
  boolean isStale(Logged logged) {
    Named named = named(logged);
    Executions executions = named == null ? null : byName.get(named);
    return executions != null && executions.said > executions.taken;
  }

  private static @Nullable Named named(Logged logged) {
    SpanName comment = SpanName.of(logged.traceContext());
    SpanName name =
        comment == null ? SpanName.inApplicationName(logged.applicationName()) : comment;
    return name == null || logged.statement() == null
        ? null
        : new Named(name, logged.statement().fingerprint());
  }
}
