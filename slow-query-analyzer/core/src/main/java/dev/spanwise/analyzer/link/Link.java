package dev.spanwise.analyzer.link;

import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.execution.Logged;
import dev.spanwise.analyzer.execution.ServerEvent;
import dev.spanwise.analyzer.plan.PlanFacts;
import dev.spanwise.analyzer.workload.SlowSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What ties a slow span to what the server logged of it.
 *
 * @param span the span
 * @param method what the link rests on
 * @param confidence how sure it is
 * @param plan the plan, the longest where the span is a batch; null where the link is ambiguous,
 *     where the log has no plan for the span, and where enough plans of the same query are held
 *     already, or too many bytes of them
 * @param facts of the plan, whether it is held or not; null where the link is ambiguous, and where
 *     the log has no plan for the span
 * @param logged the entry of that execution; null where the link is ambiguous, and where the log
 *     has nothing but {@code events}
 * @param executions executions that belong to the span: more than one for a batch
 * @param executedNanos their time
 * @param events what else the log says of the call: steps, waits for locks, temporary files; the
 *     first {@value Events#OF_A_SPAN} in the order of the log
 * @param doubt why the link is ambiguous; null where it is not
 */
public record Link(
    SlowSpan span,
    LinkMethod method,
    Confidence confidence,
    @Nullable ExecutedPlan plan,
    @Nullable PlanFacts facts,
    @Nullable Logged logged,
    long executions,
    long executedNanos,
    List<ServerEvent> events,
    @Nullable Doubt doubt) {

  public Link {
    events = List.copyOf(events);
  }

  /** Whether the log has a plan for the span that is not held. */
  public boolean isPlanLetGo() {
    return plan == null && facts != null;
  }
}
