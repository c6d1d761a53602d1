package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.link.Confidence;
import dev.spanwise.analyzer.link.Link;
import dev.spanwise.analyzer.plan.Plan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Planning a statement takes longer than executing it. EXPLAIN prints how long it took; of the
 * calls of an application the server's log says so.
 */
final class PlanningDominates implements PlanRule, QueryRule {

  /** What EXPLAIN prints as the least time but none. */
  private static final double CLOCK_MS = 0.001;

  /** What logs steps, and auto_explain logs executions beside it. */
  private static final String LOGGED = "log_min_duration_statement";

  /** {@code join_collapse_limit}'s default. */
  private static final double COLLAPSE_LIMIT = 8;

  @Override
  public Verdict examine(PlanSubject subject) {
    Plan plan = subject.plan();
    Double planningMs = plan.planningMs();
    PlannedRelations planned = PlannedRelations.of(plan);
    if (planningMs == null || planningMs < leastMs(planned)) {
      return new Verdict.Clear();
    }
    Double executionMs = subject.executionMs();
    if (executionMs == null) {
      return new Verdict.Inconclusive(
          "execution time beside a planning time of %s: the plan was not executed, or TIMING was off"
              .formatted(Wording.ms(planningMs)));
    }
    return planningMs >= Thresholds.PLANNING_PER_EXECUTION * executionMs
        ? new Verdict.Found(List.of(cause(plan, planned, planningMs, executionMs)))
        : new Verdict.Clear();
  }

  @Override
  public QueryVerdict examine(QuerySubject subject) {
    List<Link> logged =
        subject.links().stream()
            .filter(link -> link.confidence() != Confidence.AMBIGUOUS)
            .filter(PlannedCall::mayTell)
            .toList();
    List<PlannedCall> telling =
        logged.stream()
            .flatMap(link -> PlannedCall.of(link).stream())
            .filter(PlannedCall::planningDominates)
            .sorted(Comparator.comparingDouble(PlannedCall::planningMs).reversed())
            .toList();
    if (telling.isEmpty() || !isSteady(telling, logged)) {
      return new QueryVerdict.Clear();
    }
    PlannedRelations planned = PlannedCall.planned(telling);
    // The first call of a connection also loads the catalogue's entries: the least is planning.
    PlannedCall least = telling.get(telling.size() - 1);
    double enoughMs =
        telling.size() == 1
            ? leastMs(planned)
            : Math.min(leastMs(planned), Thresholds.MEDIUM_LOST_MS);
    if (least.planningMs() < enoughMs) {
      return new QueryVerdict.Clear();
    }
    return new QueryVerdict.Found(
        id(),
        title(least.planningMs(), least.executedMs()),
        why(planned),
        evidence(least.planningMs(), least.executedMs(), planned, LOGGED, LOGGED),
        telling.stream().mapToDouble(PlannedCall::planningMs).average().orElseThrow(),
        savedMs(subject, logged, telling),
        List.of(),
        telling.stream().map(PlannedCall::link).toList(),
        remedy(planned, PlannedCall.plan(telling)));
  }

  /** What happens to most calls is planning; a wait for a table's lock happens to some. */
  private static boolean isSteady(List<PlannedCall> telling, List<Link> logged) {
    return 2 * telling.size() > logged.size();
  }

  /** The calls that were looked at stand for all slow ones. */
  private static double savedMs(
      QuerySubject subject, List<Link> logged, List<PlannedCall> telling) {
    double planningMs = telling.stream().mapToDouble(PlannedCall::planningMs).sum();
    double spansMs = logged.stream().mapToDouble(PlannedCall::spanMs).sum();
    return Math.max(subject.query().slowMs(), spansMs) * planningMs / spansMs;
  }

  /** Planning time from which on it counts. */
  private static double leastMs(@Nullable PlannedRelations planned) {
    return planned != null && planned.many()
        ? Thresholds.LOST_MS
        : Thresholds.UNEXPLAINED_PLANNING_MS;
  }

  private Cause cause(Plan plan, PlannedRelations planned, double planningMs, double executionMs) {
    return new Cause(
        id(),
        null,
        plan.root(),
        Set.of(),
        title(planningMs, executionMs),
        why(planned),
        evidence(planningMs, executionMs, planned, "/Planning Time", "/Execution Time"),
        planningMs / Math.max(executionMs, CLOCK_MS),
        remedy(planned, plan));
  }

  /**
   * @param executionMs null where it was not logged, and so took less
   */
  private static String title(double planningMs, @Nullable Double executionMs) {
    String execution =
        executionMs == null
            ? "less"
            : executionMs == 0 ? "next to nothing" : Wording.ms(executionMs);
    return "Planning takes %s, executing %s".formatted(Wording.ms(planningMs), execution);
  }

  private static String why(@Nullable PlannedRelations planned) {
    String why =
        planned == null || !planned.many()
            ? "It may be the first statement of a connection, which loads the catalogue's entries, or find many indexes, large statistics or a bloated catalogue."
            : planned.manyPartitions()
                ? "The planner looked at %s partitions, each like a table of its own."
                    .formatted(Wording.count(planned.partitions()))
                : "The planner tried orders in which to join %s tables."
                    .formatted(Wording.count(planned.joined()));
    return why
        + " Every call that is planned anew pays it; a statement that is prepared once and executed often pays it a few times.";
  }

  /**
   * @param executionMs null where it was not logged, and so took less
   * @param planningSource where the planning time was read
   * @param executionSource where the execution time was read
   */
  private static List<Evidence> evidence(
      double planningMs,
      @Nullable Double executionMs,
      @Nullable PlannedRelations planned,
      String planningSource,
      String executionSource) {
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(Evidence.ms("planning time", planningMs, planningSource));
    if (executionMs != null) {
      evidence.add(Evidence.ms("execution time", executionMs, executionSource));
    }
    if (planned != null) {
      if (planned.partitions() > 0) {
        evidence.add(
            Evidence.count("partitions planned or pruned", planned.partitions(), "1", "/Plan"));
      }
      evidence.add(Evidence.count("tables joined", planned.joined(), "1", "/Plan"));
    }
    return evidence;
  }

  private static Remedy remedy(@Nullable PlannedRelations planned, @Nullable Plan plan) {
    String unproved = "how long planning takes is no part of a plan's cost";
    boolean manyPartitions = planned != null && planned.manyPartitions();
    boolean manyJoins = planned != null && planned.manyJoins() && !manyPartitions;
    if (plan != null && manyJoins && raisesCollapseLimit(plan)) {
      return SessionSetting.step("join_collapse_limit", "8", unproved);
    }
    String prepare =
        "Prepare the statement once for each connection and execute it often (pgJDBC does from the fifth execution of one PreparedStatement on, see prepareThreshold)";
    String lessToPlan =
        manyPartitions
            ? "; compare the partition key with a constant, so that the planner leaves the other partitions out; and keep fewer, larger partitions"
            : manyJoins
                ? "; and join fewer tables in one statement"
                : "; and keep connections open";
    return new Remedy.Step(Remedy.Kind.REWRITE_QUERY, prepare + lessToPlan, unproved);
  }

  private static boolean raisesCollapseLimit(Plan plan) {
    String limit = plan.settings().get("join_collapse_limit");
    return limit != null
        && limit.chars().allMatch(Character::isDigit)
        && Double.parseDouble(limit) > COLLAPSE_LIMIT;
  }
}
