package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.execution.ServerEvent;
import dev.spanwise.analyzer.link.Link;
import dev.spanwise.analyzer.plan.PlanFacts;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One slow call, with what the server logged of it.
 *
 * @param durationNanos how long the application waited for it
 * @param facts of the plan that ran; null where the log has none
 * @param events entries of the server's log beside its plan, in their order
 */
record Call(long durationNanos, @Nullable PlanFacts facts, List<ServerEvent> events) {

  Call {
    events = List.copyOf(events);
  }

  static Call of(Link link) {
    return new Call(link.span().span().durationNanos(), link.facts(), link.events());
  }

  /** The events of one kind. */
  <T extends ServerEvent> Stream<T> events(Class<T> kind) {
    Function<ServerEvent, Stream<T>> ofKind =
        event -> kind.isInstance(event) ? Stream.of(kind.cast(event)) : Stream.empty();
    return events.stream().flatMap(ofKind);
  }
}
