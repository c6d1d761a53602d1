package dev.spanwise.analyzer.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A plan as EXPLAIN or auto_explain printed it. Immutable.
 *
 * @param root the topmost node
 * @param queryText the statement that auto_explain prints with the plan, literals included; null in
 *     EXPLAIN's output
 * @param parameters values of {@code $1}, {@code $2} and so on, as auto_explain of PostgreSQL 16
 *     and later prints them ({@code Query Parameters}); an element is null for NULL; null where not
 *     printed
 * @param queryId {@code Query Identifier}; null where compute_query_id is off or VERBOSE was not
 *     asked for
 * @param planningMs planning time; null where not printed
 * @param executionMs execution time; null without ANALYZE
 * @param jitMs total time in just-in-time compilation; null where it did not happen
 * @param settings planner settings that differ from their defaults; printed with SETTINGS only
 * @param triggers triggers that ran, foreign keys included; printed with ANALYZE only
 * @param details every other field of the plan itself, named as {@link PlanNode#details()} names
 *     them: {@code Planning.Shared Read Blocks}, {@code JIT.Functions}
 */
public record Plan(
    PlanNode root,
    @Nullable String queryText,
    @Nullable List<@Nullable String> parameters,
    @Nullable Long queryId,
    @Nullable Double planningMs,
    @Nullable Double executionMs,
    @Nullable Double jitMs,
    Map<String, String> settings,
    List<Trigger> triggers,
    Map<String, String> details) {

  public Plan {
    parameters =
        parameters == null ? null : Collections.unmodifiableList(new ArrayList<>(parameters));
    settings = Map.copyOf(settings);
    triggers = List.copyOf(triggers);
    details = Map.copyOf(details);
  }

  public Stream<PlanNode> nodes() {
    return root.nodes();
  }

  /** The planner's total cost; null with COSTS OFF. */
  public @Nullable Double totalCost() {
    return root.estimate() == null ? null : root.estimate().totalCost();
  }

  /** About what it takes in memory, in bytes; most of it is text. */
  public long approximateBytes() {
    return PlanSize.bytes(this);
  }

  public boolean analyzed() {
    return root.actual() != null;
  }
}
