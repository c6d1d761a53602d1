package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Planning a statement takes longer than executing it. */
final class PlanningDominates implements PlanRule {

  private static final Set<NodeType> JOINS =
      Set.of(NodeType.NESTED_LOOP, NodeType.HASH_JOIN, NodeType.MERGE_JOIN);

  /** What EXPLAIN prints as the least time but none. */
  private static final double CLOCK_MS = 0.001;

  /** {@code join_collapse_limit}'s default. */
  private static final double COLLAPSE_LIMIT = 8;

  @Override
  public Verdict examine(PlanSubject subject) {
    Plan plan = subject.plan();
    Double planningMs = plan.planningMs();
    // auto_explain never prints it.
    if (planningMs == null || planningMs < leastMs(plan)) {
      return new Verdict.Clear();
    }
    Double executionMs = subject.executionMs();
    if (executionMs == null) {
      return new Verdict.Inconclusive(
          "execution time beside a planning time of %s: the plan was not executed, or TIMING was off"
              .formatted(Wording.ms(planningMs)));
    }
    return planningMs >= Thresholds.PLANNING_PER_EXECUTION * executionMs
        ? new Verdict.Found(List.of(cause(plan, planningMs, executionMs)))
        : new Verdict.Clear();
  }

  /** Planning time from which on it counts. */
  private static double leastMs(Plan plan) {
    boolean explained = Math.max(partitions(plan), joined(plan)) >= Thresholds.PLANNED_RELATIONS;
    return explained ? Thresholds.LOST_MS : Thresholds.UNEXPLAINED_PLANNING_MS;
  }

  private static double joined(Plan plan) {
    return plan.nodes().filter(node -> JOINS.contains(node.type())).count() + 1.0;
  }

  private Cause cause(Plan plan, double planningMs, double executionMs) {
    double partitions = partitions(plan);
    double joined = joined(plan);
    String why =
        partitions >= Thresholds.PLANNED_RELATIONS
            ? "The planner looked at %s partitions, each like a table of its own."
                .formatted(Wording.count(partitions))
            : joined >= Thresholds.PLANNED_RELATIONS
                ? "The planner tried orders in which to join %s tables."
                    .formatted(Wording.count(joined))
                : "It may be the first statement of a connection, which loads the catalogue's entries, or find many indexes, large statistics or a bloated catalogue.";
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(Evidence.ms("planning time", planningMs, "/Planning Time"));
    evidence.add(Evidence.ms("execution time", executionMs, "/Execution Time"));
    if (partitions > 0) {
      evidence.add(Evidence.count("partitions planned or pruned", partitions, "1", "/Plan"));
    }
    evidence.add(Evidence.count("tables joined", joined, "1", "/Plan"));
    return new Cause(
        id(),
        null,
        plan.root(),
        Set.of(),
        "Planning takes %s, executing %s"
            .formatted(Wording.ms(planningMs), Wording.ms(executionMs)),
        why
            + " Every call that is planned anew pays it; a statement that is prepared once and executed often pays it a few times.",
        evidence,
        planningMs / Math.max(executionMs, CLOCK_MS),
        remedy(plan, partitions));
  }

  /** Children of the widest Append, those pruned at its start included. */
  private static double partitions(Plan plan) {
    return plan.nodes()
        .filter(node -> node.type() == NodeType.APPEND || node.type() == NodeType.MERGE_APPEND)
        .mapToDouble(PlanningDominates::partitions)
        .max()
        .orElse(0);
  }

  private static double partitions(PlanNode append) {
    Double removed = append.number("Subplans Removed");
    return PlanSubject.inputs(append).size() + (removed == null ? 0 : removed);
  }

  private static Remedy remedy(Plan plan, double partitions) {
    String unproved = "how long planning takes is no part of a plan's cost";
    if (raisesCollapseLimit(plan)) {
      return new Remedy.Step(
          Remedy.Kind.SET_PARAMETER,
          "ALTER ROLE CURRENT_USER SET join_collapse_limit = 8",
          unproved + "; run it as the role that sends the statement, then reconnect");
    }
    String prepare =
        "Prepare the statement once for each connection and execute it often (pgJDBC does from the fifth execution of one PreparedStatement on, see prepareThreshold)";
    return new Remedy.Step(
        Remedy.Kind.REWRITE_QUERY,
        partitions >= Thresholds.PLANNED_RELATIONS
            ? prepare
                + "; compare the partition key with a constant, so that the planner leaves the other partitions out; and keep fewer, larger partitions"
            : prepare + "; and join fewer tables in one statement",
        unproved);
  }

  private static boolean raisesCollapseLimit(Plan plan) {
    String limit = plan.settings().get("join_collapse_limit");
    return limit != null
        && limit.chars().allMatch(Character::isDigit)
        && Double.parseDouble(limit) > COLLAPSE_LIMIT;
  }
}
