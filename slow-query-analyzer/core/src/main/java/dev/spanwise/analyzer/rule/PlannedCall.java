package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.execution.LockWait;
import dev.spanwise.analyzer.execution.ServerEvent;
import dev.spanwise.analyzer.execution.StatementDuration;
import dev.spanwise.analyzer.execution.StatementDuration.Step;
import dev.spanwise.analyzer.link.Link;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanFacts;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the server's log says of the planning of one call. auto_explain prints no planning time, but
 * the server plans a statement as it binds it, which {@code log_min_duration_statement} logs as a
 * step of its own. See <a
 * href="https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY">extended
 * query</a>.
 *
 * @param link the call
 * @param planningMs without the waits for locks that pass in it
 * @param executedMs what the executor took; null where it was not logged, and so took less than
 *     {@code planningMs}
 */
record PlannedCall(Link link, double planningMs, @Nullable Double executedMs) {

  private static final double NANOS_PER_MS = 1e6;

  /** Of a call whose planning was logged; empty for another one, as for one planned quickly. */
  static Optional<PlannedCall> of(Link link) {
    double executedMs = Math.max(ms(link, Step.EXECUTE), link.executedNanos() / NANOS_PER_MS);
    double planningMs = ms(link, Step.BIND) + beforeExecutionMs(link, executedMs);
    return planningMs == 0
        ? Optional.empty()
        : Optional.of(
            new PlannedCall(
                link,
                Math.max(0, planningMs - lockedMs(link)),
                executedMs == 0 ? null : executedMs));
  }

  /**
   * Of a simple query all that the executor did not take, where the plan shows why planning is
   * long: it may as well be a wait for a lock, or of a write the commit.
   */
  private static double beforeExecutionMs(Link link, double executedMs) {
    PlanFacts facts = link.facts();
    boolean explained = facts != null && !facts.writes() && PlannedRelations.of(facts).many();
    return explained && link.executions() == 1
        ? Math.max(0, ms(link, Step.SIMPLE) - executedMs)
        : 0;
  }

  /**
   * Whether the log can tell of a call's planning: of a simple query it cannot without the plan. A
   * call without a logged step tells as well, since its planning took less than what is logged.
   */
  static boolean mayTell(Link link) {
    return link.facts() != null || ms(link, Step.SIMPLE) == 0;
  }

  private static double ms(Link link, Step step) {
    return link.events().stream()
        .mapToDouble(
            event ->
                event instanceof StatementDuration duration && duration.step() == step
                    ? duration.durationNanos() / NANOS_PER_MS
                    : 0)
        .sum();
  }

  private static double lockedMs(Link link) {
    return link.events().stream()
            .filter(event -> event instanceof LockWait wait && wait.acquired())
            .mapToDouble(ServerEvent::durationNanos)
            .sum()
        / NANOS_PER_MS;
  }

  /** Of two steps the one that was not logged took less: the log's threshold is that of both. */
  boolean planningDominates() {
    return planningMs >= Thresholds.LOST_MS
        && (executedMs == null || planningMs >= Thresholds.PLANNING_PER_EXECUTION * executedMs)
        && planningMs >= Thresholds.EXPLAINS_SHARE * spanMs(link);
  }

  static double spanMs(Link link) {
    return link.span().span().durationNanos() / NANOS_PER_MS;
  }

  @Nullable Plan plan() {
    return link.plan() == null ? null : link.plan().plan();
  }

  /** What one of the calls' plans shows of how much there was to plan. */
  static @Nullable PlannedRelations planned(List<PlannedCall> calls) {
    return calls.stream()
        .map(call -> call.link().facts())
        .filter(Objects::nonNull)
        .findFirst()
        .map(PlannedRelations::of)
        .orElse(null);
  }

  /** A plan among those of the calls that are held, for the settings that it was made with. */
  static @Nullable Plan plan(List<PlannedCall> calls) {
    return calls.stream().map(PlannedCall::plan).filter(Objects::nonNull).findFirst().orElse(null);
  }
}
